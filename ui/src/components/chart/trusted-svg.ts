/** The part of the Trusted Types interface that is used here; not every engine has it. */
interface TrustedTypePolicies {
  createPolicy(name: string, rules: { createHTML: (text: string) => string }): { createHTML(text: string): unknown };
}

/** Whatever could run or load something has no place in a drawing. */
const FORBIDDEN = /<(?:script|foreignObject|iframe|image|use|animate|set|a)\b|\son\w+\s*=|javascript:|\sstyle\s*=/i;

function checked(svg: string): string {
  if (!svg.startsWith("<svg") || FORBIDDEN.test(svg)) throw new Error("The chart is no plain drawing.");
  return svg;
}

const policies = (globalThis as { trustedTypes?: TrustedTypePolicies }).trustedTypes;
const policy = policies?.createPolicy("rust-svg", { createHTML: checked });

/**
 * Puts a drawing that the chart command made into an element: the one place where text becomes markup.
 *
 * @throws when the text is anything but a plain drawing
 */
export function showDrawing(element: Element, svg: string): void {
  const markup = policy === undefined ? checked(svg) : policy.createHTML(svg);
  element.innerHTML = markup as string;
}
