import type { Config } from '../../config/load';
import { SPAN_METRICS } from '../../contract/span-metrics';
import { DATASOURCE_UIDS } from '../../lib/datasource-uids';
import type { Topology } from '../../lib/topology';
import type { AlertmanagerEndpoints } from '../alertmanager/endpoints';
import type { JaegerEndpoints } from '../jaeger/endpoints';
import type { PrometheusEndpoints } from '../prometheus/endpoints';
import type { GrafanaEndpoints } from './endpoints';
import { storeSource } from './metric-store';

/** A datasource as a panel names it. */
export const DATASOURCES = {
  prometheus: { type: 'prometheus', uid: DATASOURCE_UIDS.prometheus },
  jaeger: { type: 'jaeger', uid: DATASOURCE_UIDS.jaeger },
  alertmanager: { type: 'alertmanager', uid: DATASOURCE_UIDS.alertmanager },
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
          exemplarTraceIdDestinations: [{ name: 'trace_id', datasourceUid: DATASOURCES.jaeger.uid }],
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
            tags: [{ key: 'service.name', value: 'service_name' }],
            // Provisioning files replace $name by a variable of the environment; $$ is a dollar sign.
            queries: [
              { name: 'Request rate', query: `sum by (span_name) (rate(${SPAN_METRICS.calls}{$$__tags}[5m]))` },
            ],
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
