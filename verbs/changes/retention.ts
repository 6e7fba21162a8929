/** How long data is kept. A shorter time deletes data as soon as the program starts. */

import { plainDuration } from '../../promql/syntax/literals';
import { type Manifest, podOf } from '../../stack/checks/manifest';
import { filesOf } from './files';
import type { Risk } from './risk';
import { at, treeAt } from './tree';

interface Retention {
  /** What is kept, and where it is set. */
  readonly object: string;
  readonly value: string;
  /** Comparable: seconds, bytes or days. */
  readonly amount: number;
}

/** Retentions that become shorter. */
export function retentionRisks(old: readonly Manifest[], next: readonly Manifest[]): readonly Risk[] {
  const after = new Map(retentionsOf(next).map((retention) => [retention.object, retention]));
  return retentionsOf(old).flatMap(({ object, value, amount }) => {
    const now = after.get(object);
    if (now === undefined || !(now.amount < amount)) return [];
    const what = `${now.value} are kept, before ${value}: what is older is deleted`;
    return [{ object, what, next: 'take a backup first if it is still needed' }];
  });
}

const retentionsOf = (objects: readonly Manifest[]): readonly Retention[] => [
  ...filesOf(objects).flatMap(({ content }) => [
    ...found('Prometheus, time', at(content, 'storage', 'tsdb', 'retention', 'time'), secondsOf),
    ...found('Prometheus, size', at(content, 'storage', 'tsdb', 'retention', 'size'), sizeOf),
    ...Object.values(treeAt(content, 'extensions', 'jaeger_storage', 'backends')).flatMap((backend) => [
      ...found('Jaeger, spans', at(backend, 'badger', 'ttl', 'spans'), secondsOf),
      ...found('Jaeger, spans', at(backend, 'cassandra', 'schema', 'trace_ttl'), secondsOf),
    ]),
  ]),
  ...objects.filter(({ kind }) => kind === 'CronJob').flatMap(indexCleaner),
];

/** The first argument of the index cleaner is the number of days (jaegertracing/jaeger, cmd/es-index-cleaner). */
function indexCleaner(job: Manifest): readonly Retention[] {
  const [container] = podOf(job)?.containers ?? [];
  if (!job.metadata.name.endsWith('index-cleaner')) return [];
  return found('Jaeger, spans in indices', container?.args?.[0], Number).map((each) => ({
    ...each,
    value: `${each.value} days`,
  }));
}

function found(object: string, value: unknown, amountOf: (text: string) => number): readonly Retention[] {
  return typeof value === 'string' ? [{ object, value, amount: amountOf(value) }] : [];
}

/** Not a number where it is no duration: nothing is said of that. */
const secondsOf = (text: string): number => plainDuration(text) ?? Number.NaN;

/** Powers of 1024 of Prometheus' sizes, as in `10GB`. */
const POWERS = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

function sizeOf(text: string): number {
  const [, number = '0', unit = ''] = /^(\d+)([KMGTPE]?)B$/.exec(text) ?? [];
  return Number(number) * 1024 ** POWERS.indexOf(unit);
}
