/**
 * Texts of errors. An external program may quote user input in them: a provider answers `Invalid prompt: "…"`. No pattern finds personal
 * data in such a text, so it is removed or hashed as a whole, and the known words in it are stored in an attribute.
 */
import { envText } from '../../lib/env-text';
import { type Hashing, hashOf } from './hashing';
import { attributeOf, literal } from './ottl';

/** What is searched for, and the word that is kept for it. The pattern is plain text, which is the fastest to find. */
type Word = readonly [pattern: string, kept: string];

/** Attribute with the known words of the text of an error. */
const KNOWN_ERROR = 'otelcol.error.known';

/** Types of Jan Server's own errors (janhq/server, utils/platformerrors/errors.go of its services). */
const OF_JAN = [
  'NOT_FOUND',
  'TOO_MANY_RECORDS',
  'VALIDATION',
  'CONFLICT',
  'UNAUTHORIZED',
  'FORBIDDEN',
  'INTERNAL',
  'EXTERNAL',
  'DATABASE_ERROR',
  'NOT_IMPLEMENTED',
  'EXPIRED',
].map((type): Word => [`\\[${type}\\]`, `[${type}]`]);

/** Known errors: messages of Go's standard library, and those of Jan Server that point to the cause. */
const OCCURRENCES = [
  'context canceled',
  'context deadline exceeded',
  'client request cancelled',
  'connection refused',
  'connection reset by peer',
  'broken pipe',
  'no such host',
  'network is unreachable',
  'no route to host',
  'i/o timeout',
  'TLS handshake timeout',
  'certificate has expired',
  'certificate signed by unknown authority',
  'server closed idle connection',
  'too many open files',
  'EOF',
  'record not found',
  'failed to decrypt API key',
  'failed to write SSE line',
  'streaming context cancelled',
  'streaming error',
  'messages cannot be empty',
  'model not found',
  'User input too large',
].map((text): Word => [text, text]);

/** Types and codes in the errors of OpenAI's API and of those that follow it, vLLM among them. */
const OF_PROVIDER = [
  'invalid_request_error',
  'authentication_error',
  'permission_error',
  'not_found_error',
  'rate_limit_error',
  'rate_limit',
  'rate_limit_exceeded',
  'insufficient_quota',
  'context_length_exceeded',
  'model_not_found',
  'invalid_api_key',
  'server_error',
  'api_error',
  'overloaded_error',
  'BadRequestError',
  'InternalServerError',
  'NotFoundError',
].map((type): Word => [`"${type}"`, type]);

const WORDS = [...OF_JAN, ...OCCURRENCES, ...OF_PROVIDER];

/** Statements that collect the known words of a text. */
const collect = (text: string, known: string): string[] => [
  `set(${known}, "")`,
  ...WORDS.map(
    ([pattern, kept]) =>
      `set(${known}, Concat([${known}, ${literal(kept)}], " ")) where IsMatch(${text}, ${literal(pattern)})`,
  ),
  `set(${known}, Trim(${known}))`,
];

/** A group of statements on the messages of the status of spans. */
export function statusMessages(hashing: Hashing) {
  const message = 'span.status.message';
  const known = 'span.cache["known"]';
  return {
    context: 'span',
    conditions: [`${message} != ""`],
    statements: [
      ...collect(message, known),
      hashing.level === 'none'
        ? `set(${message}, ${known})`
        : envText`set(${message}, Trim(Concat([${known}, ${hashOf(hashing, message)}], " ")))`,
    ],
  };
}

/** Attributes with the text of an error. */
const TEXTS = ['exception.message', 'error.message', 'error'];

/**
 * A group of statements on the texts of errors in a context, before they are rewritten like all personal data. `error` is rewritten here:
 * in Jan Server's events it is a text; other senders use it as a flag, and flags stay.
 */
export function textsOfErrors(context: string, hashing: Hashing) {
  const attribute = (key: string) => attributeOf(context, key);
  const isText = (path: string) => `(${path} != nil and not (IsBool(${path}) or IsInt(${path}) or IsDouble(${path})))`;
  const text = `${context}.cache["text"]`;
  const known = `${context}.cache["known"]`;
  const error = attribute('error');
  return {
    context,
    conditions: [TEXTS.map((key) => isText(attribute(key))).join(' or ')],
    statements: [
      ...TEXTS.map(attribute).map((path) => `set(${text}, String(${path})) where ${text} == nil and ${isText(path)}`),
      ...collect(text, known),
      `set(${attribute(KNOWN_ERROR)}, ${known}) where ${known} != ""`,
      hashing.level === 'none'
        ? `delete_key(${context}.attributes, "error") where ${isText(error)}`
        : envText`set(${error}, ${hashOf(hashing, `String(${error})`)}) where ${isText(error)}`,
    ],
  };
}
