/** Personal data: removed, replaced by hashes, or left as it is. */
import { envText } from '../../lib/env-text';
import type { Pod } from '../../lib/pod';
import { statusMessages, textsOfErrors } from './free-text';
import { type Hashing, hashOf, rewriteKeys } from './hashing';
import type { Processor } from './processors';
import type { CollectorSettings } from './schema';
import { originalNames, urls, urlsOfSpans } from './url-privacy';

/** Variable of the environment with what goes into each hash. */
const SALT = 'PII_SALT';

/**
 * Who somebody is, and what they said: keys of attributes, of OpenTelemetry's conventions old and new, of OpenLLMetry, OpenInference and
 * Jan Server. Go searches fast only with programs of up to 500 instructions (regexp/backtrack.go); this one has 484.
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
  // What messages hold, in events of conversations and in Jan Server's spans.
  '(chat\\.|messages?\\.)?(content|messages?|prompt|completion|response)$',
].join('|');

/**
 * What a program outside may quote: errors with what a user wrote, and stack traces that begin with them. The dot stands first, so
 * that a key is searched for it before anything else is tried.
 */
const QUOTING = '\\.(message|error_message|status_message|status_description|error|stacktrace|stack)$';

const PRIVATE = [`^(${PERSONAL})`, QUOTING];

/** Addresses of the other side: of a server's span that is the client. */
const PEERS = '^(network\\.peer\\.address$|net\\.peer\\.(ip|name)$|net\\.sock\\.peer\\.(addr|name)$)';

/**
 * The processor that does what `collector.pii` says; none where everything stays as it is. It stands behind what reads addresses, and
 * before everything that stores, cuts or counts.
 *
 * Labels of metrics are hashed where they would be removed: two series that lose the label by which they differ become one, and
 * it jumps between their counts.
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
        // What could not be rewritten is refused, and not passed on as it is.
        error_mode: 'propagate',
        trace_statements: [all('resource'), all('scope'), ...spans],
        metric_statements: [all('resource', labels), all('datapoint', labels)],
        log_statements: [all('resource'), textsOfErrors('log', hashing), log],
      },
    ],
  ];
}
