/** Personal data: removed, replaced by hashes, or kept. */
import type { CollectorConfig } from '../../config/schema';
import type { SecretKey } from '../../config/units';
import { env, envText, type TextPart } from '../../lib/env-text';
import { ORIGINAL_NAME } from './http-conventions';
import { literal } from './ottl';
import type { Processor } from './processors';

type Rewriting = Exclude<CollectorConfig['pii'], 'full'>;

/** Variable of the environment with what goes into each hash. */
const SALT = 'PII_SALT';

/** Who somebody is, and what they said: keys of attributes, of OpenTelemetry's conventions old and new, of OpenLLMetry, OpenInference and Jan Server. */
const PRIVATE = [
  'user\\.',
  'enduser\\.',
  'session\\.id$',
  'client\\.address$',
  'client\\.socket\\.address$',
  'source\\.address$',
  'http\\.client_ip$',
  'http\\.user_agent$',
  'user_agent\\.original$',
  // Cookies, authorization, forwarded addresses, referrers.
  'http\\.(request|response)\\.header\\.',
  'url\\.query$',
  'gen_ai\\.(prompt|completion|input\\.messages|output\\.messages|system_instructions)(\\.|$)',
  'gen_ai\\.tool\\.call\\.(arguments|result)(\\.|$)',
  'llm\\.(prompts|completions|prompt|completion|input_messages|output_messages)(\\.|$)',
  'traceloop\\.entity\\.(input|output)$',
  '(input|output)\\.value$',
  // What messages hold, in events of conversations and in Jan Server's spans.
  '(chat\\.|message\\.|messages\\.)?(content|messages|prompt|completion|response)$',
].join('|');

/** Addresses of the other side: of a server's span that is the client. */
const PEERS = 'network\\.peer\\.address$|net\\.peer\\.(ip|name)$|net\\.sock\\.peer\\.(addr|name)$';

/** Attributes that hold a URL or a part of it, with a query. */
const URLS = ['url.full', 'http.url', 'http.target', ORIGINAL_NAME];

const ANY = '(?s)^.*$';
const QUERY = '(?s)[?#].*$';
const USER = '://[^/@?#]*@';

/** What a level does to the attributes of a context whose keys match. */
function statements(context: string, level: Rewriting, salt: TextPart, keys: string, where = ''): TextPart[] {
  const attributes = `${context}.attributes`;
  const pattern = literal(`^(${keys})`);
  const found = `${context}.cache["found"]`;
  const rewrite =
    level === 'none'
      ? [`delete_matching_keys(${attributes}, ${pattern})`]
      : [
          `set(${found}, ${attributes})`,
          `keep_matching_keys(${found}, ${pattern})`,
          `stringify_all(${found})`,
          envText`replace_all_patterns(${found}, "value", ${literal(ANY)}, "${salt}$0", SHA256)`,
          `merge_maps(${attributes}, ${found}, "upsert")`,
        ];
  return rewrite.map((statement) => envText`${statement}${where}`);
}

/** Queries and credentials in URLs. */
function urls(context: string, level: Rewriting, salt: TextPart): TextPart[] {
  const cut = level === 'none' ? '""' : envText`"${salt}$0", SHA256, "?%s"`;
  return URLS.flatMap((key) => {
    const path = `${context}.attributes["${key}"]`;
    return [
      // Bytes and lists of them cannot be searched.
      `delete_key(${context}.attributes, "${key}") where ${path} != nil and not IsString(${path})`,
      `replace_pattern(${path}, ${literal(USER)}, "://")`,
      envText`replace_pattern(${path}, ${literal(QUERY)}, ${cut})`,
    ];
  });
}

/**
 * The processor that does what `collector.pii` says; none where everything is kept. It stands behind what reads addresses, and
 * before everything that stores, cuts or counts.
 *
 * Labels of metrics are hashed where they would be removed: two series that lose the label by which they differ become one, and
 * it jumps between their counts.
 */
export function privacy({ pii, piiSaltSecret }: CollectorConfig): Processor[] {
  if (pii === 'full') return [];
  const salt = piiSaltSecret === null ? '' : env(SALT);
  const all = (context: string, level: Rewriting) => ({
    context,
    statements: [...statements(context, level, salt, PRIVATE), ...urls(context, level, salt)],
  });
  const withPeers = (context: string) => ({
    context,
    statements: [
      ...all(context, pii).statements,
      ...statements(context, pii, salt, PEERS, ' where span.kind == SPAN_KIND_SERVER'),
    ],
  });
  return [
    [
      'transform/privacy',
      {
        // What could not be rewritten is refused, and not passed on as it is.
        error_mode: 'propagate',
        trace_statements: [all('resource', pii), all('scope', pii), withPeers('span'), withPeers('spanevent')],
        metric_statements: [all('resource', 'hashed'), all('datapoint', 'hashed')],
        log_statements: [all('resource', pii), all('log', pii)],
      },
    ],
  ];
}

/** The salt as a variable of the environment. */
export const privacySecretEnv = ({ pii, piiSaltSecret }: CollectorConfig): Readonly<Record<string, SecretKey>> =>
  pii === 'full' || piiSaltSecret === null ? {} : { [SALT]: piiSaltSecret };
