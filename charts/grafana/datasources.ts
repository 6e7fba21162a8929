import type { Config } from '../../config/load';
import { DATASOURCE_UIDS } from '../../lib/datasource-uids';
import type { Topology } from '../../lib/topology';
import { SPAN_METRICS } from '../../metrics/span-metrics';
import type { AlertmanagerEndpoints } from '../alertmanager/endpoints';
import type { JaegerEndpoints } from '../jaeger/endpoints';
import type { PrometheusEndpoints } from '../prometheus/endpoints';
import type { GrafanaEndpoints } from './endpoints';
import { exploreUrl } from './explore';
import { storeSource } from './metric-store';

/** A datasource as a panel names it. */
export const DATASOURCES = {
  prometheus: { type: 'prometheus', uid: DATASOURCE_UIDS.prometheus },
  jaeger: { type: 'jaeger', uid: DATASOURCE_UIDS.jaeger },
  alertmanager: { type: 'alertmanager', uid: DATASOURCE_UIDS.alertmanager },
} as const;

/**
 * From an exemplar to its trace, in Explore. Given a datasource's uid instead, Grafana asks it in Tempo's form
 * (`queryType: traceql`; packages/grafana-prometheus, result_transformer.ts), which Jaeger's answers with no data. A query
 * for Jaeger without a type is one for the trace with that id (pkg/tsdb/jaeger, querydata.go).
 */
const EXEMPLAR_TO_TRACE = {
  name: 'trace_id',
  url: exploreUrl('trace', {
    datasource: DATASOURCES.jaeger,
    query: { query: '${__value.raw}' },
    range: { from: 'now-1h', to: 'now' },
  }),
  urlDisplayLabel: 'Trace in Jaeger',
} as const;

/**
 * From a span to the metrics of the pod that sent it. Grafana fills `$__tags` with the tags that the span has of these. Jaeger's
 * JSON has no `service.name` among them, but the Collector gives each span a `service.instance.id`; it is the label `instance`.
 */
const TRACE_TO_METRICS = {
  tags: [{ key: SPAN_METRICS.instanceAttribute, value: 'instance' }],
  queries: [
    {
      name: 'Requests of this pod',
      query: `topk(20, sum by (span_name) (rate(${SPAN_METRICS.calls}{$__tags}[$__rate_interval]))) # allow open-label`,
    },
  ],
} as const;

/** What Grafana reads from. */
export interface DatasourceEnds {
  readonly topology: Topology;
  readonly own: GrafanaEndpoints;
  readonly prometheus: PrometheusEndpoints;
  readonly jaeger: JaegerEndpoints;
  /** Null where there is none of our own. */
  readonly alertmanager: AlertmanagerEndpoints | null;
}

/** Grafana's provisioning file of datasources: Prometheus the default, exemplars lead to traces, traces lead back to metrics. */
export function datasources(ends: DatasourceEnds, { prometheus: { scrapeInterval, query } }: Config) {
  const { topology, own, prometheus, jaeger, alertmanager } = ends;
  const { jsonData, ...source } =
    query === null
      ? { url: prometheus.http.urlFor(own.party, 'queries'), jsonData: {} }
      : storeSource(topology, own.party, query);
  return {
    apiVersion: 1,
    prune: true,
    datasources: [
      {
        name: 'Prometheus',
        ...DATASOURCES.prometheus,
        access: 'proxy',
        ...source,
        isDefault: true,
        editable: false,
        jsonData: {
          ...jsonData,
          httpMethod: 'POST',
          timeInterval: scrapeInterval,
          exemplarTraceIdDestinations: [EXEMPLAR_TO_TRACE],
        },
      },
      {
        name: 'Jaeger',
        ...DATASOURCES.jaeger,
        access: 'proxy',
        url: jaeger.query.urlFor(own.party, 'queries'),
        isDefault: false,
        editable: false,
        jsonData: {
          nodeGraph: { enabled: true },
          tracesToMetrics: {
            datasourceUid: DATASOURCES.prometheus.uid,
            spanStartTimeShift: '-30m',
            spanEndTimeShift: '30m',
            ...TRACE_TO_METRICS,
          },
        },
      },
      ...(alertmanager === null ? [] : [alertmanagerSource(own, alertmanager)]),
    ],
  };
}

/** Shows alerts and makes silences. Grafana's own alerts stay with the Alertmanager inside it. */
const alertmanagerSource = (own: GrafanaEndpoints, { http }: AlertmanagerEndpoints) => ({
  name: 'Alertmanager',
  ...DATASOURCES.alertmanager,
  access: 'proxy',
  url: http.urlFor(own.party, 'alerts and silences'),
  isDefault: false,
  editable: false,
  jsonData: { implementation: 'prometheus', handleGrafanaManagedAlerts: false },
});
