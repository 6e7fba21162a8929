/**
 * Series that Prometheus writes about each target and alert (https://prometheus.io/docs/concepts/jobs_instances/, and of alerts
 * https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/).
 */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';

const { gauge } = entriesOf('scrape');

/** Labels of our alerts, besides those of their series. */
const ALERT = { alertname: 'bounded', severity: 'fixed', owner: 'fixed' } as const;
const FIRED = { after: 'an alert is pending or firing' } as const;

/** Targets and alerts. */
export const SCRAPE: readonly Metric[] = [
  gauge('up', 'boolean'),
  gauge('scrape_duration_seconds', 'seconds'),
  gauge('scrape_samples_post_metric_relabeling', 'samples'),
  gauge('scrape_samples_scraped', 'samples'),
  gauge('scrape_series_added', 'series'),
  gauge('ALERTS', 'boolean', { ...ALERT, alertstate: 'fixed' }, FIRED),
  gauge('ALERTS_FOR_STATE', 'timestamp', ALERT, FIRED),
];
