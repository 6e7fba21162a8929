/** URLs and paths: queries, credentials, and identifiers of people and things in a path. */
import { envText, type TextPart } from '../../lib/env-text';
import { CLEAN_URL } from './clean-text';
import { type Hashing, hashOf } from './hashing';
import { hasParameter, ORIGINAL_NAME, PATH_IDS, PLACEHOLDER } from './http-conventions';
import { attributeOf, hasOne, literal, ofSpan } from './ottl';

/** Attributes that hold a URL or a part of it. */
const URLS = ['url.full', 'url.path', 'http.url', 'http.target'];

const QUERY = '(?s)[?#].*$';
const USER = '://[^/@?#]*@';
const IDS = `/(${PATH_IDS.map((pattern) => pattern.replace('/', '')).join('|')})`;

const ROUTE = ofSpan('http.route');

const REWRITTEN = 'span.cache["parameter"] == nil';

/** Statements on the URLs of a context. */
const rewritten = (context: string, hashing: Hashing, where: string): TextPart[] =>
  URLS.flatMap((key) => {
    const path = attributeOf(context, key);
    const query = hashing.level === 'none' ? '""' : envText`"${hashing.salt}$0", SHA256, "?%s"`;
    const id = hashing.level === 'none' ? literal(`/${PLACEHOLDER}`) : envText`"${hashing.salt}$1", SHA256, "/%s"`;
    return [
      // Bytes and lists of them cannot be searched.
      `delete_key(${context}.attributes, "${key}") where ${path} != nil and not IsString(${path})`,
      ...[
        `replace_pattern(${path}, ${literal(USER)}, "://")`,
        // The host is not part of the path: the slash before it is hidden while identifiers are searched for.
        `replace_pattern(${path}, "^(https?:)//", "$1:")`,
        envText`replace_pattern(${path}, ${literal(IDS)}, ${id})`,
        `replace_pattern(${path}, "^(https?:):", "$1//")`,
        envText`replace_pattern(${path}, ${literal(QUERY)}, ${query})`,
      ].map((statement) => envText`${statement}${where}`),
    ];
  });

/** A group of statements on the URLs of a context that has any. */
export const urls = (context: string, hashing: Hashing) => ({
  context,
  conditions: [hasOne(context, URLS)],
  statements: rewritten(context, hashing, ''),
});

/** The span is a server's, and its route has a parameter. */
const PARAMETER_IN_ROUTE = `(span.kind == SPAN_KIND_SERVER and ${ROUTE} != nil and ${hasParameter(ROUTE)})`;
const HAS_PARAMETER = 'span.cache["parameter"] == true';

/**
 * A group of statements on the URLs of spans. If a server span's route has a parameter, the path is replaced by the route: the value of the
 * parameter may be a name, which no pattern finds. A path that equals the route, or is clean, contains no personal data.
 */
export const urlsOfSpans = (hashing: Hashing) => ({
  context: 'span',
  conditions: URLS.map(ofSpan).map(
    (path) =>
      `${path} != nil and ${path} != ${ROUTE} and (not IsMatch(${path}, ${literal(CLEAN_URL)}) or ${PARAMETER_IN_ROUTE})`,
  ),
  statements: [
    `set(span.cache["parameter"], true) where ${PARAMETER_IN_ROUTE}`,
    ...rewritten('span', hashing, ` where ${REWRITTEN}`),
    ...URLS.map(ofSpan).map((path) => {
      const value = hashing.level === 'none' ? ROUTE : envText`Concat([${ROUTE}, ${hashOf(hashing, path)}], "#")`;
      return envText`set(${path}, ${value}) where ${HAS_PARAMETER} and ${path} != nil`;
    }),
  ],
});

/** A group of statements on the original name of a renamed span: the name was changed because it may contain personal data. */
export const originalNames = (hashing: Hashing) => ({
  context: 'span',
  conditions: [`${ofSpan(ORIGINAL_NAME)} != nil`],
  statements: [
    hashing.level === 'none'
      ? `delete_key(span.attributes, "${ORIGINAL_NAME}")`
      : envText`set(${ofSpan(ORIGINAL_NAME)}, ${hashOf(hashing, ofSpan(ORIGINAL_NAME))})`,
  ],
});
