/** Links from tables. Grafana expands `${__data.fields.…}` with a cell of the row that is clicked, by the heading of its column. */

/** The text of a cell of the clicked row. @param heading of its column, without blanks */
export const cell = (heading: string): string => `\${__data.fields.${heading}}`;

/** The number of a cell of the clicked row, without its unit. */
export const numberIn = (heading: string): string => `\${__data.fields.${heading}.numeric}`;
