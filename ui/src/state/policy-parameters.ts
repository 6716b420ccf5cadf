import { parse, type TomlTable, type TomlValue } from "smol-toml";

/** One parameter of a policy document. */
export interface Parameter {
  /** Its key with its table: `review.deadline`. */
  key: string;
  /** Its value in words: `24h`, `yes`, `main, master`. */
  value: string;
}

/** Parameters of one table of the document. */
export interface ParameterGroup {
  /** The table's key: `review`; empty for the head of the document. */
  table: string;
  parameters: Parameter[];
}

function isTable(value: unknown): value is TomlTable {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function words(value: TomlValue): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(words).join(", ");
  if (isTable(value)) {
    const entries = Object.values(value);
    return entries.map(words).join("; ");
  }
  return String(value);
}

function groupsOf(table: TomlTable, path: string): ParameterGroup[] {
  const parameters: Parameter[] = [];
  const inner: ParameterGroup[] = [];
  for (const [name, value] of Object.entries(table)) {
    const key = path === "" ? name : `${path}.${name}`;
    if (isTable(value)) {
      inner.push(...groupsOf(value, key));
    } else if (Array.isArray(value) && value.length > 0 && value.every(isTable)) {
      inner.push({
        table: key,
        parameters: value.map((entry, place) => ({ key: `${place + 1}`, value: words(entry) })),
      });
    } else {
      parameters.push({ key: name, value: words(value) });
    }
  }
  return parameters.length > 0 ? [{ table: path, parameters }, ...inner] : inner;
}

/** The parameters of a policy document (TOML), by table; none when the document cannot be read. */
export function parameterGroups(document: string): ParameterGroup[] {
  try {
    return groupsOf(parse(document), "");
  } catch {
    return [];
  }
}

/** One value of a policy document by table and key, in words; `null` when it is not there. */
export function parameter(document: string, table: string, key: string): string | null {
  const group = parameterGroups(document).find((candidate) => candidate.table === table);
  return group?.parameters.find((candidate) => candidate.key === key)?.value ?? null;
}
