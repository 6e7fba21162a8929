import type { AlertDefinition, AlertGroup } from '../../../content/alerts/alert';
import { always, below } from '../../../content/alerts/test-series';
import { logOf, make, mayDiscover, pageOf, query, status } from '../../../content/runbooks/checks';
import type { Places } from '../../../content/runbooks/places';
import { PART_OF } from '../../../lib/labels';
import { limitHit, nearSampleLimit } from './scrape-limits';

const targetsPage = (at: Places) =>
  pageOf(at.prometheus, 'The error of the last scrape, on the page Status > Target health of Prometheus.', '/targets');

const targetDown: AlertDefinition = {
  name: 'TargetDown',
  owner: 'platform',
  severity: 'critical',
  for: '5m',
  rules: (_, { lasts }) => [
    {
      expr: 'up == 0',
      summary: '{{ $labels.job }} on {{ $labels.instance }} cannot be scraped',
      description: `Prometheus has had no metrics from this target for ${lasts}.`,
    },
  ],
  runbook: (at) => ({
    meaning:
      'Prometheus knows the target, and its scrapes fail: connection refused, timeout, or more data than a limit.',
    impact: 'No panel, alert or SLO sees this program. Alerts about it stay quiet: missing data is not a zero.',
    check: [status(at), targetsPage(at), query('Which targets are down.', 'up == 0')],
    mend: [
      `If the pod is not ready or restarts, mend the pod: \`${make(at, 'monitor-status')}\` says why.`,
      `If the error is "context deadline exceeded" or "connection refused" and the pod is ready, a NetworkPolicy or a changed port is in the way: apply the stack again with \`${make(at, 'monitor-up')}\`.`,
      'If the error names a limit (sample_limit, label_limit, body_size_limit), see the runbook ScrapeLimitHit.',
    ],
  }),
  test: () => ({
    fires: { 'up{job="a",instance="b"}': always(0) },
    quiet: { 'up{job="a",instance="b"}': always(1) },
  }),
};

/** A target that has vanished from discovery has no `up` at all, so that TargetDown cannot see it. */
const targetMissing: AlertDefinition = {
  name: 'TargetMissing',
  owner: 'platform',
  severity: 'critical',
  for: '10m',
  rules: (_, { jobs, lasts }) =>
    jobs.map((job) => ({
      expr: `absent(up{job="${job}"})`,
      summary: `No target of job ${job}`,
      description: `Prometheus has found no target of job ${job} for ${lasts}.`,
      labels: { job },
    })),
  runbook: (at) => ({
    meaning: 'Discovery finds no pod of this program: it is gone, or Prometheus may no longer list it.',
    impact: 'There are no metrics of the program in the label `job`, and none of its alerts can fire.',
    check: [
      status(at),
      {
        look: 'Does the Service of the program have addresses?',
        command: `kubectl get endpointslices -n ${at.namespace} -l app.kubernetes.io/part-of=${PART_OF}`,
      },
      ...mayDiscover(at),
      logOf(at.prometheus, 'Errors of discovery.', 'discovery|forbidden'),
    ],
    mend: [
      `Apply the stack again with \`${make(at, 'monitor-up')}\`: it brings back what was deleted or scaled to 0.`,
      `If Prometheus was refused, its Role or RoleBinding is gone: \`${make(at, 'monitor-up')}\` creates both.`,
    ],
  }),
  test: (_, { jobs }) => ({
    fires: { 'up{job="another"}': always(1) },
    quiet: Object.fromEntries(jobs.map((job) => [`up{job="${job}"}`, always(1)])),
  }),
};

const scrapeSlow: AlertDefinition = {
  name: 'ScrapeSlow',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  threshold: { value: 5, unit: 'seconds', min: 0.5, max: 60 },
  rules: (threshold) => [
    {
      expr: `scrape_duration_seconds > ${threshold}`,
      summary: 'A scrape of {{ $labels.job }} on {{ $labels.instance }} takes {{ $value | humanizeDuration }}',
      description: 'At 10 s, or at the scrape interval where that is shorter, the scrape fails and the target is down.',
    },
  ],
  runbook: () => ({
    meaning: 'The target needs long for its /metrics: it has very many series, or too little CPU.',
    impact: 'None yet. Beyond the scrape timeout the target counts as down, and its data has gaps.',
    check: [
      query('Samples of each scrape, the largest first.', 'topk(10, scrape_samples_post_metric_relabeling)'),
      query('How long scrapes take.', 'topk(10, scrape_duration_seconds)'),
    ],
    mend: [
      'If its samples have grown, find the label that takes ever new values, and have the program drop it.',
      'Else give the program more CPU: `resources` of the component in the environment file.',
    ],
  }),
  test: (threshold) => ({
    fires: { 'scrape_duration_seconds{job="a",instance="b"}': always(threshold * 2) },
    quiet: { 'scrape_duration_seconds{job="a",instance="b"}': always(below(threshold)) },
  }),
};

/** Alerts on the scraping of every target. */
export const targetAlerts: AlertGroup = {
  name: 'targets',
  title: 'Targets and scraping',
  alerts: [targetDown, targetMissing, scrapeSlow, nearSampleLimit, limitHit],
};
