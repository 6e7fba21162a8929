/** The lines of a table: each column as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  // No Math.max(...rows): a call takes a hundred thousand arguments at most, and a query may have more rows.
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), 0),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
