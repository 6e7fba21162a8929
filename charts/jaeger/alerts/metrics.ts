import { logOf, podsOf, query } from '../../../content/runbooks/checks';
import type { Places } from '../../../content/runbooks/places';

/** Selects the metrics of all of Jaeger's roles. */
export const OF_JAEGER = 'job=~"jaeger.*"';

/** Labels of one of its pods, for tests. */
export const POD = 'job="jaeger",instance="a",pod="jaeger-0"';

/** How its store is. */
export const store = (at: Places) =>
  [
    podsOf(at.jaegerWriter),
    logOf(at.jaegerWriter, 'What the store answers.', 'error|fail'),
    query('Space on the claim of badger.', 'kubelet_volume_stats_available_bytes{persistentvolumeclaim="jaeger-data"}'),
  ] as const;
