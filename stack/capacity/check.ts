/** Refuses a stack that cannot carry its own load. */
import type { Unplaced } from '../../config/problems';
import type { CapacitySettings } from '../../config/schema/capacity';
import type { Settings } from '../settings';
import { current, numberOf, valueFor } from './apply';
import { badgerRate } from './jaeger-sizes';
import type { Least, Size } from './size';
import { SIZES } from './sizes';
import { count } from './texts';

/** Every size that is too small, and every load that is too large for one stack. */
export function capacityProblems(settings: Settings): Unplaced[] {
  const { capacity } = settings;
  if (capacity === null) return [];
  return [
    ...SIZES.flatMap((size) => {
      const least = size.least(settings, capacity);
      return least === null ? [] : problemsOf(settings, size, least);
    }),
    ...badgerIsFastEnough(settings, capacity),
  ];
}

function problemsOf(settings: Settings, size: Size, least: Least): Unplaced[] {
  const { path, otherwise, most } = size;
  const steps = least.steps.join('; ');
  if (least.value > most)
    return [
      {
        path: 'capacity',
        allowed: `a load that needs at most ${valueFor(size, most)} of ${path}: ${steps}`,
        fix: tooLarge(path),
      },
    ];
  const value = current(settings, size);
  // What is rounded up is not too small by what was rounded.
  if (otherwise === null || numberOf(size, value) >= least.value) return [];
  const enough = valueFor(size, least.value);
  return [
    {
      path,
      value: `${value}`,
      allowed: `at least ${enough} with this capacity, otherwise ${otherwise}: ${steps}`,
      fix: `${path}: ${enough}, or remove it, so that it is computed; or lower what capacity promises`,
    },
  ];
}

/** What makes a size smaller that its key cannot have. */
function tooLarge(path: string): string {
  if (path === 'jaeger.storage')
    return 'a shorter jaeger.ttl, fewer spans (sample them), or jaeger.store: {type: opensearch, urls: [...]}';
  if (path.startsWith('prometheus.'))
    return 'a shorter prometheus.retention.time, fewer series, or a longer prometheus.scrapeInterval';
  return 'fewer spans (sample them) or a shorter capacity.bridgeOutage, or several stacks';
}

function badgerIsFastEnough({ jaeger }: Settings, capacity: CapacitySettings): Unplaced[] {
  const { value, steps } = badgerRate(capacity);
  if (jaeger.store.type !== 'badger' || capacity.spansPerSecond <= value) return [];
  return [
    {
      path: 'capacity.spansPerSecond',
      value: `${capacity.spansPerSecond}`,
      allowed: `at most ${count(value)} with jaeger.store badger, which is one process: ${steps.join('; ')}`,
      fix: 'jaeger.store: {type: opensearch, urls: [...]}, or fewer spans (sample them)',
    },
  ];
}
