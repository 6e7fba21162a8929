/** Normalizes HTTP spans, and limits the cardinality of their names and routes, before they become labels. */
import { CLEAN_NAME, CLEAN_PATH } from './clean-text';
import { onePass } from './one-pass';
import { hasOne, insertFrom, literal, ofSpan } from './ottl';
import type { Processor } from './processors';

/** Attribute with the original name of a span that was renamed. OpenTelemetry's documentation of span metrics uses it. */
export const ORIGINAL_NAME = 'unsanitized_span_name';

/** Placeholder for an identifier in a route or a name. */
export const PLACEHOLDER = '{id}';

/** Methods that have a name of their own (OpenTelemetry semantic conventions, `http.request.method`); all others are `_OTHER`. */
const METHODS = onePass(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', 'QUERY']);

/** Characters of a path segment that is not a parameter, such as `:id`, `{id}`, `*path` or `<id>`. */
const PLAIN = '[^/\\s?#{}:*<]';

/** Path segments that are identifiers, not words of a route. */
export const PATH_IDS: readonly string[] = [
  // A segment with four digits or more: UUIDs, hashes, dates, most random text.
  `/${PLAIN}*(?:[0-9]${PLAIN}*){4,}`,
  '/[0-9]+\\b',
  // Long random text without a separator.
  `/${PLAIN}*[A-Za-z0-9]{20,}${PLAIN}*`,
  // Jan Server's identifiers: conv_…, msg_…, resp_….
  '/[a-z]+_[A-Za-z]*[0-9][A-Za-z0-9]*',
  // E-mail addresses, and percent-encoded text.
  '/[^/\\s?#]*[@%][^/\\s?#]*',
];

/** Identifiers in names that are not paths. */
const NAME_IDS: readonly string[] = [
  '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F-]{22}',
  '\\b[0-9a-fA-F]{16,}\\b',
  '[0-9]{4,}',
];

/** Mail addresses in names that are not paths. */
const MAIL = '[^\\s/@]+@[^\\s/@]+';

const QUERY = '[?#]\\S*';

/** Statements that replace every match. */
const replaced = (path: string, patterns: readonly string[], by: string, where = ''): string[] =>
  patterns.map((pattern) => `replace_pattern(${path}, ${literal(pattern)}, ${literal(by)})${where}`);

const METHOD = ofSpan('http.request.method');
const CODE = ofSpan('http.response.status_code');
const ROUTE = ofSpan('http.route');
const IS_UNKNOWN = ` where ${METHOD} != nil and not IsMatch(${METHOD}, ${literal(METHODS)})`;

/** Whether a route has a parameter, as `:id`, `{id}`, `*path` and `<id>` are. */
export const hasParameter = (path: string): string => `IsMatch(${path}, ${literal('^[^:{*<]*[:{*<][\\s\\S]*$')})`;

const PATH = 'span.cache["path"]';
/** The path in the name differs from the requested path. */
const isTemplate = ['url.path', 'http.target']
  .map((key) => `(${ofSpan(key)} != nil and not HasPrefix(${ofSpan(key)}, ${PATH}))`)
  .join(' or ');

/**
 * Instrumentation scope whose spans have the raw path in their name only if no route matched (janhq/server, services/realtime-api:
 * middlewares/tracing.go). Such a request gets 404, and an OPTIONS request gets the answer of the CORS middleware.
 */
const NAMED_BY_ROUTE = 'realtime-api';
const isServed = `scope.name == ${literal(NAMED_BY_ROUTE)} and ${CODE} != 404 and ${METHOD} != "OPTIONS"`;

/**
 * Statements for a server span without a route whose name is method and path, such as realtime-api's. The path is a route if it has a
 * parameter and differs from the requested path. Without a parameter it may be any raw path with user input, so it counts as a route only
 * for a known instrumentation scope.
 */
const ROUTE_FROM_NAME = [
  `set(${PATH}, Substring(span.name, Len(${METHOD}) + 1, Len(span.name) - Len(${METHOD}) - 1)) where ${[
    'span.kind == SPAN_KIND_SERVER',
    `${ROUTE} == nil`,
    `${METHOD} != nil`,
    `HasPrefix(span.name, Concat([${METHOD}, " /"], ""))`,
  ].join(' and ')}`,
  `set(${ROUTE}, ${PATH}) where ${PATH} != nil and ((${isServed}) or (${hasParameter(PATH)} and (${isTemplate})))`,
];

const NAME = 'span.name';
const BEFORE = 'span.cache["name"]';
const HAS_PATH = `IsMatch(${NAME}, "/")`;
const keepBefore = `set(${BEFORE}, ${NAME})`;
const isRenamed = `${NAME} != ${BEFORE}`;

/** A group of statements on the attributes of HTTP spans. */
const ATTRIBUTES = {
  context: 'span',
  conditions: [hasOne('span', ['http.method', 'http.status_code', 'http.request.method'])],
  statements: [
    ...insertFrom('http.request.method', 'http.method'),
    ...insertFrom('http.response.status_code', 'http.status_code'),
    ...ROUTE_FROM_NAME,
    `set(${ofSpan('http.request.method_original')}, ${METHOD})${IS_UNKNOWN}`,
    `set(${METHOD}, "_OTHER")${IS_UNKNOWN}`,
  ],
};

/** A group of statements on routes that are not clean. Gin sets an empty one for a request that matches none. */
const ROUTES = {
  context: 'span',
  conditions: [`${ROUTE} != nil and not IsMatch(${ROUTE}, ${literal(CLEAN_PATH)})`],
  statements: [
    `delete_key(span.attributes, "http.route") where ${ROUTE} == ""`,
    ...replaced(ROUTE, [QUERY], ''),
    ...replaced(ROUTE, PATH_IDS, `/${PLACEHOLDER}`),
  ],
};

/** A group of statements on server spans named by a path: their name is the method and the route, or without a route the method alone. */
const NAMES_OF_SERVERS = {
  context: 'span',
  conditions: [`span.kind == SPAN_KIND_SERVER and ${HAS_PATH}`],
  statements: [
    keepBefore,
    'set_semconv_span_name("1.40.0")',
    `set(${ofSpan(ORIGINAL_NAME)}, ${BEFORE}) where ${isRenamed}`,
  ],
};

/** A group of statements on names that are not clean. */
const NAMES = {
  context: 'span',
  conditions: [`not IsMatch(${NAME}, ${literal(CLEAN_NAME)})`],
  statements: [
    keepBefore,
    ...replaced(NAME, [QUERY], '', ` where ${HAS_PATH}`),
    ...replaced(NAME, PATH_IDS, `/${PLACEHOLDER}`, ` where ${HAS_PATH}`),
    ...replaced(NAME, NAME_IDS, PLACEHOLDER),
    ...replaced(NAME, [MAIL], PLACEHOLDER, ` where IsMatch(${NAME}, "@")`),
    `set(${ofSpan(ORIGINAL_NAME)}, ${BEFORE}) where ${isRenamed} and ${ofSpan(ORIGINAL_NAME)} == nil`,
  ],
};

/**
 * Jan Server sends the older HTTP conventions: the stable attributes are added. Then everything specific to one request is removed from
 * routes and names: a raw path, an identifier, a query. Jaeger gets the same names, so that its Monitor tab finds their metrics; the old
 * name is kept in an attribute.
 *
 * Most spans need none of it. They pay for the conditions of the groups only.
 */
export const HTTP_CONVENTIONS: Processor = [
  'transform/http',
  { error_mode: 'ignore', trace_statements: [ATTRIBUTES, ROUTES, NAMES_OF_SERVERS, NAMES] },
];
