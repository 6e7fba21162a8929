import type { AlertContext, AlertDefinition } from '../../../content/alerts/alert';
import { above, always, below, mustNotGrow } from '../../../content/alerts/test-series';
import { make, query } from '../../../content/runbooks/checks';
import { restartService } from '../../../content/runbooks/services';
import { oneOf } from '../../../promql/matcher';

/** Jobs with one limit on the samples of a scrape. */
interface Limited {
  readonly of: string;
  readonly key: string;
  readonly jobs: readonly string[];
  readonly samples: number;
}

const limited = ({ config: { prometheus, janServer }, jobs }: AlertContext): Limited[] =>
  [
    { of: 'the stack', key: 'prometheus.limits', jobs, samples: prometheus.limits.samples },
    {
      of: 'Jan Server',
      key: 'janServer.limits',
      jobs: janServer?.services.map(({ name }) => name) ?? [],
      samples: janServer?.limits.samples ?? 0,
    },
  ].filter((entry) => entry.jobs.length > 0);

const SAMPLES = 'scrape_samples_post_metric_relabeling';
/** The first job of each limit, with a number of samples that is this share of the limit. */
const share = (context: AlertContext, percent: number) =>
  Object.fromEntries(
    limited(context).map(({ jobs: [job], samples }) => [
      `${SAMPLES}{job="${job}",instance="a"}`,
      always((samples * percent) / 100),
    ]),
  );

/** A target whose samples are close to the limit of a scrape. */
export const nearSampleLimit: AlertDefinition = {
  name: 'ScrapeNearSampleLimit',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  threshold: { value: 80, unit: 'percent', min: 10, max: 95 },
  rules: (threshold, context) =>
    limited(context).map(({ of, key, jobs, samples }) => ({
      expr: `${SAMPLES}{${oneOf('job', jobs)}} / ${samples} > ${threshold / 100}`,
      summary: `{{ $labels.job }} on {{ $labels.instance }} has {{ $value | humanizePercentage }} of the samples it may have`,
      description: `A scrape of ${of} with more than ${samples} samples (${key}.samples) fails as a whole.`,
      labels: { limit: key },
    })),
  runbook: (at) => ({
    meaning: 'A target exposes almost as many samples as Prometheus takes from one scrape.',
    impact: 'None yet. Beyond the limit the whole scrape is thrown away, and the target counts as down.',
    check: [
      query('Samples of each target.', `topk(10, ${SAMPLES})`),
      query('Which metrics have the most series.', 'topk(20, count by (__name__, job) ({job=~".+"}))'),
    ],
    mend: [
      'Find the label that takes ever new values (a raw path, an id), and have the program drop it.',
      `If the amount is meant, raise the key in the label \`limit\` in the environment file, then \`${make(at, 'monitor-up')}\`. Watch memory: each series costs Prometheus some kilobytes.`,
    ],
  }),
  test: (threshold, context) => ({
    fires: share(context, above(threshold)),
    quiet: share(context, below(threshold)),
  }),
};

/** A target whose samples exceed the limit of a scrape. */
export const limitHit: AlertDefinition = {
  name: 'ScrapeLimitHit',
  owner: 'platform',
  severity: 'critical',
  for: '5m',
  rules: () =>
    [
      { limit: 'samples', metric: 'prometheus_target_scrapes_exceeded_sample_limit_total' },
      { limit: 'bodySize', metric: 'prometheus_target_scrapes_exceeded_body_size_limit_total' },
      { limit: 'labels', metric: 'prometheus_target_scrape_pool_exceeded_label_limits_total' },
    ].map(({ limit, metric }) => ({
      expr: `increase(${metric}[10m]) > 0`,
      summary: `Scrapes fail because a target is beyond the limit ${limit}`,
      description: 'A scrape that is beyond a limit is thrown away as a whole. TargetDown names the target.',
      labels: { limit },
    })),
  runbook: (at) => ({
    meaning: 'A target answers with more than Prometheus takes from one scrape. The label `limit` says which limit.',
    impact: 'The target counts as down, and all its metrics are missing, not only those that are too many.',
    check: [
      query('Which target it is.', 'up == 0'),
      query('Samples of targets that are near it.', 'topk(10, scrape_samples_scraped)'),
    ],
    mend: [
      'Find the label that takes ever new values (a raw path, an id) and have the program drop it.',
      at.janServer &&
        `llm-api beyond bodySize: a client asks for paths that llm-api does not serve. Each path stays in its answer until it restarts: \`${restartService(at, 'llm-api')}\`, and let the gateway refuse paths that are no route.`,
      `If the amount is meant, raise \`prometheus.limits\`${at.janServer === null ? '' : ' (the stack) or `janServer.limits` (Jan Server)'} in the environment file, then \`${make(at, 'monitor-up')}\`.`,
    ],
  }),
  test: () =>
    mustNotGrow(
      'prometheus_target_scrapes_exceeded_sample_limit_total{job="prometheus"}',
      'prometheus_target_scrapes_exceeded_body_size_limit_total{job="prometheus"}',
      'prometheus_target_scrape_pool_exceeded_label_limits_total{job="prometheus"}',
    ),
};
