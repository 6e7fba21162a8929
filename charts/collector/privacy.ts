/** Personal data: removed, replaced by hashes, or left as it is. */
import { envText } from '../../lib/env-text';
import type { Pod } from '../../lib/pod';
import { statusMessages, textsOfErrors } from './free-text';
import { type Hashing, hashOf } from './hashing';
import { OF_RESOURCES } from './personal-attributes';
import { clientAddresses, personalKeys } from './personal-keys';
import type { Processor } from './processors';
import type { CollectorSettings } from './schema';
import { originalNames, urls, urlsOfSpans } from './url-privacy';

/** Environment variable with the salt of the hashes. */
const SALT = 'PII_SALT';

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
  const each = (context: string) => [...personalKeys(context, hashing), urls(context, hashing)];
  const resources = (by: Hashing) => [...personalKeys('resource', by, OF_RESOURCES), urls('resource', by)];
  const spans = [
    textsOfErrors('span', hashing),
    statusMessages(hashing),
    ...personalKeys('span', hashing),
    clientAddresses('span', hashing),
    urlsOfSpans(hashing),
    originalNames(hashing),
    textsOfErrors('spanevent', hashing),
    ...each('spanevent'),
    clientAddresses('spanevent', hashing),
  ];
  const body =
    pii === 'none'
      ? 'set(log.body, "") where log.body != nil'
      : envText`set(log.body, ${hashOf(hashing, 'String(log.body)')}) where log.body != nil`;
  const labels: Hashing = { ...hashing, level: 'hashed' };
  return [
    [
      'transform/privacy',
      {
        // Data that could not be rewritten is rejected, and not passed on unchanged.
        error_mode: 'propagate',
        trace_statements: [
          ...resources(hashing),
          ...personalKeys('scope', hashing, OF_RESOURCES),
          urls('scope', hashing),
          ...spans,
        ],
        metric_statements: [...resources(labels), ...personalKeys('datapoint', labels), urls('datapoint', labels)],
        log_statements: [
          ...resources(hashing),
          textsOfErrors('log', hashing),
          ...each('log'),
          { context: 'log', statements: [body] },
        ],
      },
    ],
  ];
}
