import { make, query } from '../../runbooks/checks';
import type { AlertDefinition, AlertGroup } from '../alert';
import { RANGE } from '../counters';
import { above, always, below, growing } from '../test-series';
import { containerOf, DESCRIBE_POD, inOurs } from './scope';

const BY = 'by (namespace, pod, container)';
const ON = 'on (namespace, pod, container)';
const REASON = 'kube_pod_container_status_last_terminated_reason';

const oomKilled: AlertDefinition = {
  name: 'KubeContainerOomKilled',
  owner: 'platform',
  severity: 'warning',
  for: '1m',
  rules: (_, context) => [
    {
      expr: `sum ${BY} (increase(kube_pod_container_status_restarts_total{${inOurs(context)}}[30m])) > 0 and ${ON} max ${BY} (${REASON}{reason="OOMKilled"}) == 1`,
      summary: '{{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} was killed for its memory',
      description: 'It wanted more than its limit. Kubernetes has started it again.',
    },
  ],
  runbook: (at) => ({
    meaning: 'The kernel killed the container when it reached its memory limit.',
    impact: 'Requests under way have failed. It may happen again at the same load.',
    check: [
      DESCRIBE_POD,
      query('Memory over time, in bytes.', `max ${BY} (container_memory_working_set_bytes{container!=""})`),
    ],
    mend: [
      `Raise \`resources.memory\` of the component in the environment file, then \`${make(at, 'monitor-up')}\`.`,
      'Prometheus: see PrometheusTooManySeries. Collector: see CollectorMemoryHigh.',
    ],
  }),
  test: (_, context) => {
    const restarts = { [`kube_pod_container_status_restarts_total{${containerOf(context)}}`]: growing(1) };
    const ended = (reason: string) => ({ [`${REASON}{${containerOf(context)},reason="${reason}"}`]: always(1) });
    return { fires: { ...restarts, ...ended('OOMKilled') }, quiet: { ...restarts, ...ended('Error') } };
  },
};

const MEMORY = 'container_memory_working_set_bytes';
const LIMIT = 'kube_pod_container_resource_limits';

const memoryNearLimit: AlertDefinition = {
  name: 'KubeContainerMemoryNearLimit',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  threshold: { value: 90, unit: 'percent', min: 10, max: 95 },
  rules: (threshold, context) => [
    {
      expr: `max ${BY} (${MEMORY}{container!="",${inOurs(context)}}) / ${ON} max ${BY} (${LIMIT}{resource="memory"}) > ${threshold / 100}`,
      summary:
        '{{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} uses {{ $value | humanizePercentage }} of its memory',
      description: 'At its limit the kernel kills it.',
    },
  ],
  runbook: (at) => ({
    meaning: 'What the container needs and cannot give back is almost as much as it may have.',
    impact: 'None yet.',
    check: [
      query('Memory over time, in bytes.', `max ${BY} (${MEMORY}{container!=""})`),
      query('Its growth an hour, in bytes.', `topk(5, deriv(${MEMORY}{container!=""}[1h]) * 3600)`),
    ],
    mend: [
      `Raise \`resources.memory\` of the component in the environment file, then \`${make(at, 'monitor-up')}\`.`,
      'If it grows with steady load, it is a leak: report it with the version.',
    ],
  }),
  test: (threshold, context) => {
    const memory = (percent: number) => ({
      [`${MEMORY}{job="cadvisor",${containerOf(context)}}`]: always(percent * 1e6),
      [`${LIMIT}{job="kube-state-metrics",${containerOf(context)},resource="memory",unit="byte"}`]: always(100e6),
    });
    return { fires: memory(above(threshold)), quiet: memory(below(threshold)) };
  },
};

const PERIODS = 'container_cpu_cfs_periods_total';
const THROTTLED = 'container_cpu_cfs_throttled_periods_total';

const throttled: AlertDefinition = {
  name: 'KubeContainerThrottled',
  owner: 'platform',
  severity: 'info',
  for: '15m',
  threshold: { value: 25, unit: 'percent', min: 1, max: 95 },
  rules: (threshold, context) => {
    const periods = (metric: string) => `sum ${BY} (rate(${metric}{container!="",${inOurs(context)}}[${RANGE}]))`;
    return [
      {
        expr: `${periods(THROTTLED)} / ${periods(PERIODS)} > ${threshold / 100}`,
        summary: '{{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} has too little CPU',
        description: 'In {{ $value | humanizePercentage }} of the periods of 100 ms it was stopped at its limit.',
      },
    ];
  },
  runbook: () => ({
    meaning: 'The container wants more CPU than its limit.',
    impact: 'It is slow, although the node may have CPU to spare.',
    check: [
      query('CPU that it uses, in cores.', `sum ${BY} (rate(container_cpu_usage_seconds_total{container!=""}[10m]))`),
      DESCRIBE_POD,
    ],
    mend: ['Raise or remove its CPU limit. Programs of the stack have none; for those of Jan Server see its chart.'],
  }),
  test: (threshold, context) => {
    const periods = (percent: number) => ({
      [`${PERIODS}{job="cadvisor",${containerOf(context)}}`]: growing(100),
      [`${THROTTLED}{job="cadvisor",${containerOf(context)}}`]: growing(percent),
    });
    return { fires: periods(above(threshold)), quiet: periods(below(threshold)) };
  },
};

/** Alerts on memory and CPU of containers of the stack and of Jan Server. */
export const containerAlerts: AlertGroup = {
  name: 'kubernetes-containers',
  title: 'Kubernetes: memory and CPU of containers',
  alerts: [oomKilled, memoryNearLimit, throttled],
};
