/** The forms in which the value of a Secret may appear in a text. */

/** A value of a Secret. */
export interface SecretValue {
  /** What is printed instead: `SECRET/KEY`. */
  readonly name: string;
  readonly value: Buffer;
}

/** Below this many characters a value is not searched for: it would be found in every text. */
const SHORTEST = 4;
/** A shorter value counts as a whole word only: `admin` is part of many names. */
const SHORTEST_ANYWHERE = 8;
/** Lines of a value with several, such as a key or a file of settings, are searched for one by one from this length on. */
const SHORTEST_LINE = 12;
/** A longer value is no credential but a file; its lines are. */
const LONGEST = 4096;

/** Patterns of a value. */
export interface Forms {
  readonly name: string;
  /** Sources of regular expressions. */
  readonly patterns: readonly string[];
}

/** Why a value is not searched for. @returns null if it is */
export function notSearched({ value }: SecretValue): string | null {
  return value.toString('utf8').trim().length < SHORTEST ? `shorter than ${SHORTEST} characters` : null;
}

/**
 * How a value may be written: as it is, with JSON's or a URL's escapes, in base64. Values inside of a longer base64 or URL-encoded text are
 * found after decoding that.
 */
export function formsOf({ name, value }: SecretValue): Forms {
  const text = value.toString('utf8');
  const trimmed = text.trim();
  const lines = trimmed.includes('\n') ? trimmed.split('\n').flatMap(partsOfLine) : [];
  const texts = [trimmed, ...lines].filter((part) => part.length >= SHORTEST && part.length <= LONGEST);
  const encoded = value.length >= SHORTEST && value.length <= LONGEST ? base64(value) : [];
  return { name, patterns: [...new Set([...texts.flatMap(patternsOf), ...encoded.map(escaped)])] };
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
  const isWord = text.length < SHORTEST_ANYWHERE;
  return [...new Set(forms)].map(escaped).map((form) => (isWord ? `(?<![\\w.-])${form}(?![\\w.-])` : form));
}

/** With and without the signs that fill it up, in both alphabets. */
const base64 = (value: Buffer): string[] => [
  ...new Set([value.toString('base64'), value.toString('base64').replace(/=+$/, ''), value.toString('base64url')]),
];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
