/** Parts of OTTL statements. OTTL is the language of the Collector's transform and filter processors. */

/** Text as a literal. */
export const literal = (text: string): string => JSON.stringify(text);

/** Path of an attribute of a context, as `span` or `spanevent`. */
export const attributeOf = (context: string, key: string): string => `${context}.attributes["${key}"]`;

/** Path of a span's attribute. */
export const ofSpan = (key: string): string => attributeOf('span', key);

/** Expression for the first of the attributes of a context that is there. */
export const firstOf = (context: string, keys: readonly string[]): string =>
  `Coalesce([${keys.map((key) => attributeOf(context, key)).join(', ')}])`;

/** A condition: the context has one of the attributes. */
export const hasOne = (context: string, keys: readonly string[]): string => `${firstOf(context, keys)} != nil`;

/**
 * Sets a missing attribute of a span from the first of the given attributes that it has. In OTTL, setting an attribute to nil does nothing.
 */
export const insertFrom = (key: string, ...sources: readonly string[]): string[] =>
  sources.map((source) => `set(${ofSpan(key)}, ${ofSpan(source)}) where ${ofSpan(key)} == nil`);
