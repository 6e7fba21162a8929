/** The pods of a program that is built on the Collector: the Collector itself, and Jaeger. Their own metrics have the same names. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { selector, sumBy } from '../../../metrics/spans';
import type { Limits, Lines, Link, Values, Variable } from '../spec';
import { UNITS } from '../units';
import { COLLECTOR, JAEGER } from './jobs';
import { clicked } from './links';
import { NOT_SCRAPED } from './no-data';
import { RATE } from './range';

/** A program whose pods can be chosen. */
export interface Program {
  /** Its name in a sentence. */
  readonly name: string;
  /** Matchers of its jobs. */
  readonly jobs: string;
  /** A matcher of its containers. */
  readonly containers: string;
  /**
   * Name of the variable of its pods. Links between dashboards keep the variables of one name: if both programs had the same, a chosen
   * pod of the Collector would leave the dashboard of Jaeger empty.
   */
  readonly variable: string;
}

/** The Collector. */
export const OF_COLLECTOR: Program = {
  name: 'the Collector',
  jobs: COLLECTOR,
  containers: 'container="otel-collector"',
  variable: 'collector_pod',
};
/** Jaeger, in each of its roles. */
export const OF_JAEGER: Program = {
  name: 'Jaeger',
  jobs: JAEGER,
  containers: 'container=~"jaeger.*"',
  variable: 'jaeger_pod',
};

const chosen = ({ variable }: Program) => `pod=~"$${variable}"`;

/** A selector of a metric of the chosen pods. */
export const ofPods = (program: Program, metric: string, ...matchers: readonly string[]): string =>
  selector(metric, program.jobs, chosen(program), ...matchers);

/** The rate of a counter of the chosen pods. */
export const perSecond = (
  program: Program,
  by: readonly string[],
  counter: string,
  ...matchers: readonly string[]
): string => sumBy(by, `rate(${ofPods(program, counter, ...matchers)}[${RATE}])`);

/** The choice of pods. */
export const podOf = ({ name, jobs, variable }: Program): Variable => ({
  name: variable,
  label: 'Pod',
  description: `Pods of ${name}`,
  of: 'pod',
  series: [selector('up', jobs)],
  several: true,
});

const POD = ['namespace', 'pod'] as const;
const BY_POD = `by (${POD.join(', ')})`;
/** To what Kubernetes knows of the pod of a line. */
const TO_POD: Link = {
  title: 'This pod in Kubernetes',
  dashboard: DASHBOARD_UIDS.workloads,
  variables: { namespace: clicked('namespace'), pod: clicked('pod') },
};
const memoryOf = (program: Program) => `max ${BY_POD} (${ofPods(program, 'otelcol_process_memory_rss_bytes')})`;
const limitOf = (program: Program) =>
  `max ${BY_POD} (${selector('kube_pod_container_resource_limits', program.containers, 'resource="memory"', chosen(program))})`;

/** The pod that uses the largest share of its memory. */
export const memoryUsed = (program: Program, limits: Limits): Values => ({
  kind: 'stat',
  title: 'Memory used',
  description: `Share of the memory limit of its container that the pod of ${program.name} with the largest share uses. At 100 % the kernel kills it`,
  unit: UNITS.share,
  noData: 'No memory or no limit: are this program and kube-state-metrics scraped?',
  limits,
  queries: [{ expr: `max(${memoryOf(program)} / on (namespace, pod) ${limitOf(program)})`, legend: 'used' }],
});

/** Memory beside the limit. */
export const memory = (program: Program): Lines => ({
  kind: 'lines',
  title: 'Memory',
  description: 'Memory of each process, what Go has allocated of it, and the smallest limit of a container',
  unit: UNITS.bytes,
  noData: NOT_SCRAPED,
  links: [TO_POD],
  queries: [
    { expr: memoryOf(program), legend: '{{pod}}' },
    { expr: `max ${BY_POD} (${ofPods(program, 'otelcol_process_runtime_heap_alloc_bytes')})`, legend: '{{pod}} heap' },
    { expr: `min(${limitOf(program)})`, legend: 'limit', bound: true },
  ],
});

/** Cores that are used. */
export const cpu = (program: Program): Lines => ({
  kind: 'lines',
  title: 'CPU',
  description: 'Cores that each pod uses, on average over the step of the graph',
  unit: UNITS.cores,
  noData: NOT_SCRAPED,
  links: [TO_POD],
  queries: [{ expr: perSecond(program, POD, 'otelcol_process_cpu_seconds_total'), legend: '{{pod}}' }],
});

/** Requests of exporters that have no answer yet. */
export const inFlight = (program: Program): Lines => ({
  kind: 'lines',
  title: 'Requests in flight',
  description:
    'Requests of each exporter that have no answer yet. It sends a fixed number at once. If the line stays at that number and little is sent, the target is slow',
  unit: UNITS.count,
  noData: 'No requests: nothing was sent since the start, or the pod is not scraped',
  queries: [
    {
      expr: `sum by (pod, exporter, data_type) (${ofPods(program, 'otelcol_exporter_in_flight_requests')})`,
      legend: '{{pod}} {{exporter}} {{data_type}}',
    },
  ],
});

/** Restarts of the process. */
export const restarts = (program: Program): Lines => ({
  kind: 'lines',
  title: 'Restarts',
  description:
    'Restarts of the process of each pod, in each interval of the graph. A new pod does not count as a restart',
  unit: UNITS.count,
  noData: NOT_SCRAPED,
  links: [TO_POD],
  queries: [
    {
      expr: `sum ${BY_POD} (resets(${ofPods(program, 'otelcol_process_uptime_seconds_total')}[${RATE}]))`,
      legend: '{{pod}}',
    },
  ],
});
