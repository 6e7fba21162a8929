/**
 * The value of a column in the row of a table that is clicked: cells have no labels.
 * @param heading of the column, a single word
 */
export const cell = (heading: string): string => `\${__data.fields.${heading}}`;
