import type { AlertDefinition, AlertGroup } from '../../../content/alerts/alert';
import { hasGrown, RANGE } from '../../../content/alerts/counters';
import { always, lately, mustNotGrow } from '../../../content/alerts/test-series';
import { logOf, mendFullClaim, query, status } from '../../../content/runbooks/checks';
import { bufferOf, fixStore, OF_JAEGER, POD, storeChecks } from './metrics';

const refusesSpans: AlertDefinition = {
  name: 'JaegerRefusesSpans',
  owner: 'platform',
  severity: 'warning',
  for: '5m',
  rules: () => [
    {
      expr: `sum by (pod) (increase(otelcol_receiver_refused_spans_total{${OF_JAEGER}}[${RANGE}])) > 0`,
      summary: '{{ $labels.pod }} refuses spans',
      description: 'It could not write them. They wait in the queue before Jaeger, and are sent again.',
    },
  ],
  runbook: (at, _, isOn) => ({
    meaning: 'Jaeger takes a request only when its store has written it; the store did not.',
    impact: `New traces appear late. Nothing is lost while ${bufferOf(at)} has room.`,
    check: [
      status(at),
      ...storeChecks(at, at.jaegerWriter),
      at.kafka
        ? null
        : query(
            'How full the queue of the Collector is.',
            'otelcol_exporter_queue_size / otelcol_exporter_queue_capacity',
          ),
    ],
    mend: [at.store === 'badger' ? mendFullClaim(isOn, 'jaeger.storage') : fixStore(at)],
  }),
  test: () => mustNotGrow(`otelcol_receiver_refused_spans_total{${POD},receiver="otlp",transport="grpc"}`),
};

const writesFail: AlertDefinition = {
  name: 'JaegerWritesFail',
  owner: 'platform',
  severity: 'critical',
  for: '5m',
  rules: () => [
    {
      expr: hasGrown(`otelcol_exporter_send_failed_spans_total{${OF_JAEGER}}`, ['pod']),
      summary: '{{ $labels.pod }} cannot write spans',
      description: 'Its store fails. These spans wait in the queue before Jaeger, and are sent again.',
    },
  ],
  runbook: (at, _, isOn) => ({
    meaning: 'A write to the store of Jaeger has failed.',
    impact: `New traces are missing. They wait in ${bufferOf(at)}.`,
    check: [
      ...storeChecks(at, at.jaegerWriter),
      query(
        'Failed writes in the last hour.',
        `sum by (pod) (increase(otelcol_exporter_send_failed_spans_total{${OF_JAEGER}}[1h]))`,
      ),
    ],
    mend: [
      at.store === 'badger' ? mendFullClaim(isOn, 'jaeger.storage') : fixStore(at),
      'A key or document too large: a patch has taken away the limits of attributes in the Collector (`transform/limits`). Undo it.',
      at.store === 'badger' ? null : 'Unauthorized: renew the Secret that `jaeger.store` names.',
    ],
  }),
  test: () => {
    const failed = `otelcol_exporter_send_failed_spans_total{${POD},exporter="jaeger_storage_exporter"}`;
    const up = { [`up{${POD}}`]: always(1) };
    return { fires: { ...up, [failed]: lately(5) }, quiet: { ...up, [failed]: always(5) } };
  },
};

/** Jaeger writes to OpenSearch asynchronously: it acknowledges a span before it knows whether the write succeeds. */
const indexingFails: AlertDefinition = {
  name: 'JaegerIndexingFails',
  owner: 'platform',
  severity: 'critical',
  for: '5m',
  rules: (_, { config }) =>
    config.jaeger.store.type === 'opensearch' || config.jaeger.store.type === 'elasticsearch'
      ? [
          {
            expr: `sum by (pod) (increase(jaeger_storage_bulk_index_errors_total{${OF_JAEGER}}[${RANGE}])) > 0`,
            summary: '{{ $labels.pod }} loses spans: the index refuses them',
            description: '{{ $value | humanize }} documents in 10 minutes were refused after they were acknowledged.',
          },
        ]
      : [],
  runbook: (at) => ({
    meaning:
      'OpenSearch or Elasticsearch refused documents. Jaeger sends them in the background and cannot send them again.',
    impact: 'These spans are lost, although Jaeger has acknowledged them.',
    check: [
      logOf(
        at.jaegerWriter,
        'The status of each: 429 is too much at once, 400 a field of another type, 403 an index that is read-only.',
        'bulk',
      ),
      query('How many a second.', 'sum by (pod) (rate(jaeger_storage_bulk_index_errors_total[10m]))'),
    ],
    mend: [
      '403 read-only: the disk of the store passed its flood stage. Free space, then lift `index.blocks.read_only_allow_delete`.',
      '429: give the store more nodes, or sample less.',
      '400: two services send one attribute as different types. Change one of them; the next daily index takes either.',
    ],
  }),
  test: () =>
    mustNotGrow(`jaeger_storage_bulk_index_errors_total{${POD},name="main",kind="opensearch",role="tracestore"}`),
};

/** Alerts on spans on their way into the store. */
export const jaegerWriteAlerts: AlertGroup = {
  name: 'jaeger-writes',
  title: 'Jaeger: writing spans',
  alerts: [refusesSpans, writesFail, indexingFails],
};
