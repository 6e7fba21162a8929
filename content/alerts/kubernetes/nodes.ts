import { query } from '../../runbooks/checks';
import type { AlertDefinition, AlertGroup } from '../alert';
import { above, always, below, growing } from '../test-series';

const NODE = 'job="node-exporter",instance="a",node="n"';
const LARGEST_PODS = { look: 'Pods that use the most.', command: 'kubectl top pods -A --sort-by=memory | head -20' };

const memoryShort: AlertDefinition = {
  name: 'NodeMemoryShort',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  threshold: { value: 10, unit: 'percent', min: 1, max: 90 },
  rules: (threshold) => [
    {
      expr: `min by (instance, node) (node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes) < ${threshold / 100}`,
      summary: '{{ $labels.node }} has {{ $value | humanizePercentage }} of its memory left',
      description: 'When nothing is left, the kernel kills processes.',
    },
  ],
  runbook: () => ({
    meaning: 'Processes on the node use almost all its memory.',
    impact: 'The kubelet evicts pods, or the kernel kills one: often the one that uses the most.',
    check: [
      LARGEST_PODS,
      query(
        'Memory by pod on all nodes, in bytes.',
        'topk(10, sum by (namespace, pod) (container_memory_working_set_bytes{container!=""}))',
      ),
    ],
    mend: ['Give pods without a memory limit one; move pods to another node; add a node.'],
  }),
  test: (threshold) => {
    const memory = (percent: number) => ({
      [`node_memory_MemAvailable_bytes{${NODE}}`]: always(percent * 1e6),
      [`node_memory_MemTotal_bytes{${NODE}}`]: always(100e6),
    });
    return { fires: memory(below(threshold)), quiet: memory(above(threshold)) };
  },
};

const STALLED = 'node_pressure_memory_stalled_seconds_total';

const memoryPressure: AlertDefinition = {
  name: 'NodeMemoryPressure',
  owner: 'platform',
  severity: 'critical',
  for: '10m',
  threshold: { value: 10, unit: 'percent of the time', min: 1, max: 90 },
  rules: (threshold) => [
    {
      expr: `max by (instance, node) (rate(${STALLED}[10m])) > ${threshold / 100}`,
      summary: '{{ $labels.node }} stands still for {{ $value | humanizePercentage }} of the time',
      description: 'All its processes wait for memory at once.',
    },
  ],
  runbook: () => ({
    meaning: 'The kernel is busy with freeing memory, and nothing else runs meanwhile.',
    impact: 'Everything on the node is slow. Probes fail, and pods are restarted.',
    check: [LARGEST_PODS, query('Share of the time.', `rate(${STALLED}[10m])`)],
    mend: [
      'Stop the pod that uses the most, or drain the node: `kubectl drain NODE --ignore-daemonsets --delete-emptydir-data`.',
      'Then see the runbook NodeMemoryShort.',
    ],
  }),
  test: (threshold) => {
    const stalled = (percent: number) => ({ [`${STALLED}{${NODE}}`]: growing((30 * percent) / 100) });
    return { fires: stalled(above(threshold)), quiet: stalled(below(threshold)) };
  },
};

const clockSkewed: AlertDefinition = {
  name: 'NodeClockSkewed',
  owner: 'platform',
  severity: 'warning',
  for: '10m',
  threshold: { value: 0.05, unit: 'seconds', min: 0.001, max: 60 },
  rules: (threshold) => [
    {
      expr: `max by (instance, node) (abs(node_timex_offset_seconds)) > ${threshold}`,
      summary: 'The clock of {{ $labels.node }} is {{ $value | humanizeDuration }} off',
      description: 'Spans of one trace from two nodes overlap wrongly, and samples may be refused as out of order.',
    },
  ],
  runbook: () => ({
    meaning: 'The clock of the node differs from the time of its NTP server.',
    impact: 'Traces across nodes show wrong times. Certificates and tokens may seem expired.',
    check: [
      query('Is it synchronised at all? 1 is yes.', 'node_timex_sync_status'),
      {
        look: 'What the time service says. NODE is a label of the alert.',
        command: 'kubectl debug node/NODE -it --image=busybox -- chroot /host timedatectl status',
      },
    ],
    mend: [
      'Start chronyd or systemd-timesyncd on the node, and let it reach its server (UDP port 123).',
      'On a virtual machine that was paused, restart the time service.',
    ],
  }),
  test: (threshold) => ({
    fires: { [`node_timex_offset_seconds{${NODE}}`]: always(-above(threshold)) },
    quiet: { [`node_timex_offset_seconds{${NODE}}`]: always(-below(threshold)) },
  }),
};

const loadHigh: AlertDefinition = {
  name: 'NodeLoadHigh',
  owner: 'platform',
  severity: 'info',
  for: '30m',
  threshold: { value: 2, unit: 'processes a core', min: 0.5, max: 50 },
  rules: (threshold) => [
    {
      expr: `max by (instance, node) (node_load15) / on (instance, node) count by (instance, node) (node_cpu_seconds_total{mode="idle"}) > ${threshold}`,
      summary: '{{ $labels.node }} has {{ $value | humanize }} waiting processes a core',
      description: 'The mean of 15 minutes. Programs on it are slow.',
    },
  ],
  runbook: () => ({
    meaning: 'More processes want to run, or wait for a disk, than the node has cores.',
    impact: 'Everything on it is slow.',
    check: [
      { look: 'Pods that use the most CPU.', command: 'kubectl top pods -A --sort-by=cpu | head -20' },
      query(
        'Share of the time that cores wait for a disk.',
        'avg by (node) (rate(node_cpu_seconds_total{mode="iowait"}[10m]))',
      ),
    ],
    mend: [
      'If cores wait for the disk, find who writes: often a database or Prometheus on a slow disk.',
      'Else move pods to another node, or add one.',
    ],
  }),
  test: (threshold) => {
    const load = (perCore: number) => ({
      [`node_load15{${NODE}}`]: always(2 * perCore),
      [`node_cpu_seconds_total{${NODE},cpu="0",mode="idle"}`]: growing(10),
      [`node_cpu_seconds_total{${NODE},cpu="1",mode="idle"}`]: growing(10),
    });
    return { fires: load(above(threshold)), quiet: load(below(threshold)) };
  },
};

/** Alerts on nodes. */
export const nodeAlerts: AlertGroup = {
  name: 'nodes',
  title: 'Nodes: memory, clock and load',
  alerts: [memoryShort, memoryPressure, clockSkewed, loadHigh],
};
