/** Personal data: removed, replaced by hashes, or left as it is. */
import { envText } from '../../lib/env-text';
import type { Pod } from '../../lib/pod';
import { statusMessages, textsOfErrors } from './free-text';
import { type Hashing, hashOf, rewriteKeys } from './hashing';
import type { Processor } from './processors';
import type { CollectorSettings } from './schema';
import { originalNames, urls, urlsOfSpans } from './url-privacy';

/** Environment variable with the salt of the hashes. */
const SALT = 'PII_SALT';

/**
 * Keys of attributes with personal data or content: of OpenTelemetry's old and new conventions, OpenLLMetry, OpenInference and Jan Server.
 * Go uses its fast matcher only for regular expressions of up to 500 instructions (regexp/backtrack.go); this one has 484.
 */
const PERSONAL = [
  'user\\.',
  'enduser\\.',
  'session\\.id$',
  'client\\.(socket\\.)?address$',
  'source\\.address$',
  'http\\.client_ip$',
  'http\\.user_agent$',
  'user_agent\\.original$',
  // Cookies, authorization, forwarded addresses, referrers.
  'http\\.(request|response)\\.header\\.',
  'url\\.query$',
  'gen_ai\\.(prompt|completion|(input|output)\\.messages|system_instructions)(\\.|$)',
  'gen_ai\\.tool\\.call\\.(arguments|result)(\\.|$)',
  'llm\\.(prompts?|completions?|(input|output)_messages)(\\.|$)',
  'traceloop\\.entity\\.(input|output)$',
  '(input|output)\\.value$',
  'db\\.query\\.parameter\\.',
  'stacktrace$',
  // The content of messages, in events of conversations and in Jan Server's spans.
  '(chat\\.|messages?\\.)?(content|messages?|prompt|completion|response)$',
].join('|');

/**
 * Texts in which an external program may quote user input: errors, and stack traces that begin with them. The pattern begins with the dot,
 * so that a key without one is rejected fastest.
 */
const QUOTING = '\\.(message|error_message|status_message|status_description|error|stacktrace|stack)$';

const PRIVATE = [`^(${PERSONAL})`, QUOTING];

/** Addresses of the peer: on a server span, of the client. */
const PEERS = '^(network\\.peer\\.address$|net\\.peer\\.(ip|name)$|net\\.sock\\.peer\\.(addr|name)$)';

/**
 * The processor that implements `collector.pii`; none if all data stays unchanged. It runs after the processors that read addresses, and
 * before everything that stores, truncates or counts.
 *
 * Labels of metrics are hashed instead of removed: without the label that distinguishes them, two series would become one that jumps
 * between their values.
 */
export function privacy(pod: Pod, { pii, piiSaltSecret }: CollectorSettings): Processor[] {
  if (pii === 'full') return [];
  const hashing: Hashing = { level: pii, salt: piiSaltSecret === null ? '' : pod.secretEnv(SALT, piiSaltSecret) };
  const all = (context: string, by: Hashing = hashing) => ({
    context,
    statements: [...rewriteKeys(context, by, PRIVATE), ...urls(context, by)],
  });
  const keys = (context: string) => rewriteKeys(context, hashing, PRIVATE);
  const peers = (context: string) => rewriteKeys(context, hashing, [PEERS], 'span.kind == SPAN_KIND_SERVER');
  const spans = [
    textsOfErrors('span', hashing),
    statusMessages(hashing),
    { context: 'span', statements: [...keys('span'), ...peers('span')] },
    urlsOfSpans(hashing),
    originalNames(hashing),
    textsOfErrors('spanevent', hashing),
    {
      context: 'spanevent',
      conditions: ['Len(spanevent.attributes) > 0'],
      statements: [...keys('spanevent'), ...urls('spanevent', hashing), ...peers('spanevent')],
    },
  ];
  const body =
    pii === 'none'
      ? 'set(log.body, "") where log.body != nil'
      : envText`set(log.body, ${hashOf(hashing, 'String(log.body)')}) where log.body != nil`;
  const log = { context: 'log', statements: [...keys('log'), ...urls('log', hashing), body] };
  const labels: Hashing = { ...hashing, level: 'hashed' };
  return [
    [
      'transform/privacy',
      {
        // Data that could not be rewritten is rejected, and not passed on unchanged.
        error_mode: 'propagate',
        trace_statements: [all('resource'), all('scope'), ...spans],
        metric_statements: [all('resource', labels), all('datapoint', labels)],
        log_statements: [all('resource'), textsOfErrors('log', hashing), log],
      },
    ],
  ];
}
