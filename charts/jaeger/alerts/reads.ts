import type { AlertDefinition, AlertGroup } from '../../../content/alerts/alert';
import { RANGE } from '../../../content/alerts/counters';
import { above, below, growing } from '../../../content/alerts/test-series';
import { query } from '../../../content/runbooks/checks';
import { fixStore, OF_JAEGER, POD, storeChecks } from './metrics';

const OPERATION = `${POD},name="main",kind="badger",role="tracestore",operation="find_traces"`;

const storageErrors: AlertDefinition = {
  name: 'JaegerStorageErrors',
  owner: 'platform',
  severity: 'warning',
  for: '10m',
  threshold: { value: 5, unit: 'percent', min: 0.1, max: 95 },
  rules: (threshold) => [
    {
      expr: `sum by (operation) (rate(jaeger_storage_requests_total{${OF_JAEGER},result="err"}[${RANGE}])) / sum by (operation) (rate(jaeger_storage_requests_total{${OF_JAEGER}}[${RANGE}])) > ${threshold / 100}`,
      summary: '{{ $value | humanizePercentage }} of the reads {{ $labels.operation }} fail in Jaeger',
      description: 'Searches in Jaeger and trace panels in Grafana show errors.',
    },
  ],
  runbook: (at) => ({
    meaning: 'The store answers reads with errors.',
    impact: 'Traces cannot be found or opened. New ones are stored as long as JaegerWritesFail is quiet.',
    check: storeChecks(at, at.jaegerReader),
    mend: [
      fixStore(at),
      at.store === 'badger'
        ? 'If the log speaks of corruption, move the folders keys and values on the claim away and restart: all traces until now are lost.'
        : null,
    ],
  }),
  test: (threshold) => {
    const requests = (percent: number) => ({
      [`jaeger_storage_requests_total{${OPERATION},result="err"}`]: growing(percent),
      [`jaeger_storage_requests_total{${OPERATION},result="ok"}`]: growing(100 - percent),
    });
    return { fires: requests(above(threshold)), quiet: requests(below(threshold)) };
  },
};

/** The mean: the bounds of Jaeger's histogram are 0, 5, 10 s and so on, so a percentile below 5 s is meaningless. */
const storageSlow: AlertDefinition = {
  name: 'JaegerStorageSlow',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  threshold: { value: 2, unit: 'seconds', min: 0.05, max: 120 },
  rules: (threshold) => [
    {
      expr: `sum by (operation) (rate(jaeger_storage_latency_seconds_sum{${OF_JAEGER}}[${RANGE}])) / sum by (operation) (rate(jaeger_storage_latency_seconds_count{${OF_JAEGER}}[${RANGE}])) > ${threshold}`,
      summary: 'Reads {{ $labels.operation }} take {{ $value | humanizeDuration }} in Jaeger',
      description: 'The mean over 10 minutes. Searches in Jaeger and Grafana are slow.',
    },
  ],
  runbook: (at) => ({
    meaning: 'The store needs long to answer.',
    impact: 'Searches are slow, or time out. Writes may become slow too: see CollectorQueueFills.',
    check: [
      ...storeChecks(at, at.jaegerReader),
      query(
        'Reads a second, by operation.',
        `sum by (operation) (rate(jaeger_storage_requests_total{${OF_JAEGER}}[10m]))`,
      ),
    ],
    mend: [
      'Search over shorter times, and with a service and an operation.',
      at.store === 'badger'
        ? 'Give Jaeger more memory and a faster disk; many traces are better kept in OpenSearch (`jaeger.store`).'
        : 'Look at the load of the store, and give it more nodes or faster disks.',
    ],
  }),
  test: (threshold) => {
    const reads = (seconds: number) => ({
      [`jaeger_storage_latency_seconds_sum{${OPERATION},result="ok"}`]: growing(seconds),
      [`jaeger_storage_latency_seconds_count{${OPERATION},result="ok"}`]: growing(1),
    });
    return { fires: reads(above(threshold)), quiet: reads(below(threshold)) };
  },
};

const queryErrors: AlertDefinition = {
  name: 'JaegerQueryErrors',
  owner: 'platform',
  severity: 'warning',
  for: '10m',
  threshold: { value: 5, unit: 'percent', min: 0.1, max: 95 },
  rules: (threshold) => [
    {
      expr: `sum by (pod) (rate(http_server_request_duration_seconds_count{${OF_JAEGER},http_response_status_code=~"5.."}[${RANGE}])) / sum by (pod) (rate(http_server_request_duration_seconds_count{${OF_JAEGER}}[${RANGE}])) > ${threshold / 100}`,
      summary: '{{ $value | humanizePercentage }} of the requests to {{ $labels.pod }} fail',
      description: 'The UI of Jaeger and its datasource in Grafana get answers with status 5xx.',
    },
  ],
  runbook: (at) => ({
    meaning: 'Jaeger answers its UI or Grafana with errors.',
    impact: 'Searches and traces show errors.',
    check: [
      query(
        'Which routes fail.',
        `topk(5, sum by (http_route, http_response_status_code) (rate(http_server_request_duration_seconds_count{${OF_JAEGER},http_response_status_code=~"5.."}[10m])))`,
      ),
      ...storeChecks(at, at.jaegerReader),
    ],
    mend: [
      at.monitor
        ? 'Routes below /api/metrics are the Monitor tab: it asks Prometheus. See whether Prometheus answers.'
        : null,
      'Others ask the store: see the runbook JaegerStorageErrors.',
    ],
  }),
  test: (threshold) => {
    const answers = (percent: number) => ({
      [`http_server_request_duration_seconds_count{${POD},http_response_status_code="500"}`]: growing(percent),
      [`http_server_request_duration_seconds_count{${POD},http_response_status_code="200"}`]: growing(100 - percent),
    });
    return { fires: answers(above(threshold)), quiet: answers(below(threshold)) };
  },
};

/** Alerts on reads. */
export const jaegerReadAlerts: AlertGroup = {
  name: 'jaeger-reads',
  title: 'Jaeger: finding traces',
  alerts: [storageErrors, storageSlow, queryErrors],
};
