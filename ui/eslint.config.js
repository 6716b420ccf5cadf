import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** A folder may use those before it, never those after it. */
const layers = ["bindings", "ipc", "errors", "state", "components", "features", "views"];

const tauri = {
  group: ["@tauri-apps/*"],
  message: "Only src/ipc talks to the shell: use its Host.",
};

/** The rule that keeps one folder from reaching into the folders after it. */
function layerRule(layer) {
  const later = layers.slice(layers.indexOf(layer) + 1);
  const patterns = [
    ...(later.length > 0
      ? [
          {
            group: later.map((name) => `**/${name}/**`),
            message: `src/${layer} may not use a folder that comes after it.`,
          },
        ]
      : []),
    ...(layer === "ipc" ? [] : [tauri]),
  ];
  return {
    files: [`src/${layer}/**/*.{ts,svelte}`],
    rules: { "no-restricted-imports": ["error", { patterns }] },
  };
}

export default ts.config(
  { ignores: ["dist/", "dist-fake/", "node_modules/", "src/bindings/"] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, extraFileExtensions: [".svelte"], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "no-restricted-imports": ["error", { patterns: [tauri] }],
      // `void signal` reads a signal so that an effect depends on it.
      "@typescript-eslint/no-meaningless-void-operator": "off",
      "no-console": "error",
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      // eslint sees no types through snippets and generic components; svelte-check does, and holds these.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  { files: ["*.js"], ...ts.configs.disableTypeChecked },
  { files: ["*.js"], languageOptions: { globals: globals.node } },
  ...layers.map(layerRule),
);
