/**
 * Patterns of texts in which nothing is to be replaced, the usual ones. To match one is much cheaper than to search for everything that
 * would be replaced: Go matches each in one pass (regexp/onepass.go). A text that matches none may be as harmless; it is searched.
 */

/**
 * The letters of a word. Of those that are hexadecimal digits at most three come first: so no part is that of a UUID or of a hash.
 * @param more how many letters may follow
 */
const letters = (more: string): string => `[a-fA-F]{0,3}(?:[g-zG-Z][A-Za-z]${more})?`;

/** A word of at most 19 letters, such as a segment of a path. */
const WORD = letters('{0,15}');
/** What may stand between words of a segment: separators, and the signs of a parameter. */
const BETWEEN = '[-._:{}*<>~]';
/** A segment begins with at most 18 letters and a digit, as `v1`. */
const SEGMENT = `(?:[a-fA-F]{0,3}(?:[g-zG-Z][A-Za-z]{0,13}[0-9]?)?)(?:${BETWEEN}${WORD})*`;
const PATH = `(?:/${SEGMENT})+`;

/** A path or a route without an identifier, a query or a person's data, as `/v1/models/:id`. */
export const CLEAN_PATH = `^${PATH}$`;

/** A URL over HTTP, or a path, without a user, an identifier or a query. */
export const CLEAN_URL = `^(?:https?://[A-Za-z0-9.-]+(?::[0-9]+)?)?(?:${PATH})?$`;

/** Up to three digits, as in `k8s`, and what follows. */
const DIGITS = '[0-9]{1,3}(?:[g-zG-Z][A-Za-z]*)?';
const NAME_WORD = `(?:[a-fA-F]{0,3}(?:[g-zG-Z][A-Za-z]*(?:${DIGITS})?)?|${DIGITS})`;

/** The name of a span without an identifier, as `ChatHandler.CreateChatCompletion` or `GET /v1/models/:id`. */
export const CLEAN_NAME = `^${NAME_WORD}(?:[- ._:(),<>]${NAME_WORD})*(?:/${SEGMENT})*$`;
