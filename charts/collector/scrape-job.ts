import { copy } from '../common/relabel';
import type { ScrapeJob } from '../common/scrape-jobs';

/**
 * The services' metrics, as the Collector exposes them: `job` and `instance` there are the services' own, so they stay, and series that
 * look like Prometheus' own are dropped.
 * @param several whether there are several Collectors: then each adds its name to its series, so that the series stay separate
 */
export function keepingLabels(job: ScrapeJob, several: boolean): ScrapeJob {
  const byCollector = copy('__meta_kubernetes_pod_name', 'collector_instance_id');
  return {
    ...job,
    honor_labels: true,
    relabel_configs: [...(job.relabel_configs ?? []), ...(several ? [byCollector] : [])],
    metric_relabel_configs: [
      { source_labels: ['__name__'], regex: 'up|scrape_.+|ALERTS|ALERTS_FOR_STATE', action: 'drop' },
    ],
  };
}
