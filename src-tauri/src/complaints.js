// Gathers what the window complains about into `window.complaints`, for the tests that drive it.
(() => {
  const complaints = [];
  Object.defineProperty(window, "complaints", { value: complaints });
  document.addEventListener("securitypolicyviolation", (event) => {
    const place = `${event.sourceFile}:${event.lineNumber}:${event.columnNumber}`;
    complaints.push(`content security policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample} at ${place}`);
  });
  const onError = (event) => {
    const what = event.message ?? `cannot load ${event.target?.src ?? event.target?.href}`;
    complaints.push(`error: ${what} ${event.error?.stack ?? ""}`);
  };
  window.addEventListener("error", onError, true);
  window.addEventListener("unhandledrejection", (event) => {
    const reason = event.reason;
    complaints.push(`unhandled rejection: ${reason?.message ?? String(reason)} ${reason?.stack ?? ""}`);
  });
  for (const level of ["error", "warn"]) {
    const say = console[level];
    console[level] = (...words) => {
      complaints.push(`console.${level}: ${words.map(String).join(" ")}`);
      say.apply(console, words);
    };
  }
})();
