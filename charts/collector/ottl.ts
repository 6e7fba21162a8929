/** Parts of OTTL statements. OTTL is the language of the Collector's transform and filter processors. */

/** Text as a literal. */
export const literal = (text: string): string => JSON.stringify(text);

/** Path of a span's attribute. */
export const ofSpan = (key: string): string => `span.attributes["${key}"]`;

/** A condition: a span has one of the attributes. */
export const hasOne = (keys: readonly string[]): string => `Coalesce([${keys.map(ofSpan).join(', ')}]) != nil`;

/**
 * Sets a missing attribute of a span from the first of the given attributes that it has. In OTTL, setting an attribute to nil does nothing.
 */
export const insertFrom = (key: string, ...sources: readonly string[]): string[] =>
  sources.map((source) => `set(${ofSpan(key)}, ${ofSpan(source)}) where ${ofSpan(key)} == nil`);
