/** The forms in which the value of a Secret may appear in a text. */

/** A value of a Secret. */
export interface SecretValue {
  /** Its place, as `NAMESPACE/SECRET/KEY`. */
  readonly name: string;
  /** What is printed instead. */
  readonly token: string;
  /** What finds it, as sources of regular expressions; none: it is not searched for. */
  readonly patterns: readonly string[];
}

/** Below this many characters a value is not searched for: it would be found in every text. */
const SHORTEST = 4;
/** A shorter value counts as a whole word only: `admin` is part of many names. */
const SHORTEST_ANYWHERE = 8;
/** Lines of a value with several, such as a key or a file of settings, are searched for one by one from this length on. */
const SHORTEST_LINE = 12;
/** A longer value is no credential but a file; its lines are. */
const LONGEST = 4096;

/**
 * How a value may be written: as it is, with JSON's or a URL's escapes, in base64. Values inside of a longer base64 or URL-encoded text are
 * found after decoding that.
 * @param names names that everyone knows: what is one of them, or a part of one, is no secret, and all texts have it
 * @returns sources of regular expressions; none if the value is too short or too long, or is such a name
 */
export function formsOf(value: Buffer, names: readonly string[]): readonly string[] {
  const trimmed = value.toString('utf8').trim();
  const isPublic = (text: string) => names.some((name) => new RegExp(patternOf(text, text)).test(name));
  const isSearched = (text: string) => text.length >= SHORTEST && text.length <= LONGEST && !isPublic(text);
  const lines = trimmed.includes('\n') ? trimmed.split('\n').flatMap(partsOfLine) : [];
  const encoded = isSearched(trimmed) ? base64(value).map(escaped) : [];
  return [...new Set([...[trimmed, ...lines].filter(isSearched).flatMap(patternsOf), ...encoded])];
}

/** A line, and its value if it is a setting: `PASSWORD=value`, `password: value`. */
function partsOfLine(line: string): string[] {
  const whole = line.trim();
  const value = /^[\w.-]+\s*[=:]\s*["']?(.*?)["']?$/.exec(whole)?.[1] ?? '';
  return [...(whole.length >= SHORTEST_LINE ? [whole] : []), ...(value.length >= SHORTEST_ANYWHERE ? [value] : [])];
}

function patternsOf(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const forms = [
    text,
    json,
    // JSON in a string of JSON, and Go's encoder, which escapes HTML.
    JSON.stringify(json).slice(1, -1),
    json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
    encodeURIComponent(text),
    new URLSearchParams({ '': text }).toString().slice(1),
    ...base64(Buffer.from(text)),
  ];
  return [...new Set(forms)].map((form) => patternOf(text, form));
}

/** Finds a form of a text. */
const patternOf = (text: string, form: string): string =>
  text.length < SHORTEST_ANYWHERE ? `(?<![\\w.-])${escaped(form)}(?![\\w.-])` : escaped(form);

/** With and without the signs that fill it up, in both alphabets. */
const base64 = (value: Buffer): string[] => [
  ...new Set([value.toString('base64'), value.toString('base64').replace(/=+$/, ''), value.toString('base64url')]),
];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
