/** Pieces of statements in OTTL, the language of the Collector's transform and filter processors. */

/** Text as a literal. */
export const literal = (text: string): string => JSON.stringify(text);

/** Path of a span's attribute. */
export const ofSpan = (key: string): string => `span.attributes["${key}"]`;

/** Gives a span an attribute that it does not have, from the first of some that it has. Setting what is not there does nothing. */
export const insertFrom = (key: string, ...sources: readonly string[]): string[] =>
  sources.map((source) => `set(${ofSpan(key)}, ${ofSpan(source)}) where ${ofSpan(key)} == nil`);
