import type { ColumnMeanings } from "../../bindings/ColumnMeanings";
import type { TableField } from "../../bindings/TableField";
import type { UnknownTable } from "../../bindings/UnknownTable";

/** What each column means, by its position; an empty text where it means nothing. */
export type Chosen = string[];

/** What can be chosen for a kind of record. */
export function fieldsOf(table: UnknownTable, record: string): TableField[] {
  return table.record_kinds.find((kind) => kind.record === record)?.fields ?? [];
}

/** What the table's profile says of its columns. */
export function chosenFrom({ columns, profile }: UnknownTable): Chosen {
  const meanings = new Map(profile.columns.map(({ column, field }) => [column.trim(), field]));
  return columns.map((column) => {
    const field = meanings.get(column.trim()) ?? "";
    // Columns may share a name: the first of them is the one that is meant.
    meanings.delete(column.trim());
    return field;
  });
}

/** The choice without what means nothing for another kind of record. */
export function chosenFor(chosen: Chosen, fields: readonly TableField[]): Chosen {
  return chosen.map((field) => (fields.some((known) => known.field === field) ? field : ""));
}

/** What no row can do without and no column is chosen for. */
export function stillNeeded(chosen: Chosen, fields: readonly TableField[]): TableField[] {
  return fields.filter(({ field, needed }) => needed && !chosen.includes(field));
}

/** The choice as it is saved. */
export function meaningsOf(columns: readonly string[], chosen: Chosen, name: string, record: string): ColumnMeanings {
  const meanings = columns.map((column, place) => ({ column, field: chosen[place] ?? "" }));
  return { name: name.trim(), record, columns: meanings.filter(({ column, field }) => column !== "" && field !== "") };
}
