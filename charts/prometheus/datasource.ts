import type { Server } from '../../config/schema/destination';
import { exploreUrl } from '../../content/dashboards/explore';
import { DASHBOARD_UIDS } from '../../lib/dashboard-uids';
import { DATASOURCE_UIDS } from '../../lib/datasource-uids';
import type { Endpoint } from '../../lib/endpoint';
import { hostOf } from '../../lib/outside';
import type { Pod } from '../../lib/pod';
import { accessOf } from '../common/access';
import type { Datasource } from '../common/datasource';
import { Expansion, SECRETS_PATH } from '../common/grafana-values';
import type { PrometheusSettings } from './schema';

/** The label of an exemplar with the id of its trace. */
const TRACE_ID = 'trace_id';

/**
 * From an exemplar to its trace: a dashboard, because a viewer may not open Explore. Grafana puts the path of its `root_url` in front,
 * and expands the variables with the labels of the exemplar and of its series (packages/grafana-data, fieldOverrides.ts,
 * getLinksSupplier). It opens in a new tab.
 */
const TO_DASHBOARD = {
  name: TRACE_ID,
  url: `/d/${DASHBOARD_UIDS.trace}?\${__url_time_range}&var-traceId=\${__value.raw}&var-service=\${__data.fields.service_name}`,
  urlDisplayLabel: 'Open the trace',
} as const;

/**
 * From an exemplar to its trace, in Explore. With a datasource's uid instead of a URL, Grafana sends it a Tempo query (`queryType:
 * traceql`; packages/grafana-prometheus, result_transformer.ts), for which the Jaeger datasource returns no data. A query for Jaeger
 * without a type is one for the trace with that id (pkg/tsdb/jaeger, querydata.go).
 */
const TO_EXPLORE = {
  name: TRACE_ID,
  url: exploreUrl('trace', {
    datasource: { type: 'jaeger', uid: DATASOURCE_UIDS.jaeger },
    query: { query: '${__value.raw}' },
    range: { from: 'now-1h', to: 'now' },
  }),
  urlDisplayLabel: 'View in Explore',
} as const;

/**
 * The datasource of metrics: Prometheus, or the store that is queried instead. It is the default datasource; exemplars lead to traces.
 * Grafana shows each destination of an exemplar, in this order.
 * @param hasTracePage whether the dashboard of a trace is rendered
 */
export function prometheusDatasource(
  grafana: Pod,
  http: Endpoint,
  { query, scrapeInterval }: PrometheusSettings,
  hasTracePage: boolean,
): Datasource {
  const { jsonData, ...source } =
    query === null ? { url: http.urlFor(grafana.party, 'queries'), jsonData: {} } : storeSource(grafana, query);
  return {
    name: 'Prometheus',
    type: 'prometheus',
    uid: DATASOURCE_UIDS.prometheus,
    access: 'proxy',
    ...source,
    isDefault: true,
    editable: false,
    jsonData: {
      ...jsonData,
      httpMethod: 'POST',
      timeInterval: scrapeInterval,
      exemplarTraceIdDestinations: [...(hasTracePage ? [TO_DASHBOARD] : []), TO_EXPLORE],
    },
  };
}

/** The store that Grafana queries instead of Prometheus, with its credentials, in the form of a provisioning file. */
function storeSource(grafana: Pod, server: Server) {
  grafana.connectOutside({ ...hostOf(server.url), cidr: server.cidr }, 'queries');
  const { basicAuth } = server;
  const { credentials, ca } = accessOf(grafana, SECRETS_PATH, 'prometheus', server);
  const headers: [string, string | Expansion][] = Object.entries(server.headers);
  if (basicAuth === null && credentials !== null)
    headers.push(['Authorization', Expansion.ofFile(credentials, 'Bearer ')]);
  const numbered = <T>(key: string, values: readonly T[]) =>
    Object.fromEntries(values.map((value, index) => [`${key}${index + 1}`, value]));
  return {
    url: server.url,
    ...(basicAuth !== null && { basicAuth: true, basicAuthUser: basicAuth.username }),
    jsonData: {
      ...numbered(
        'httpHeaderName',
        headers.map(([name]) => name),
      ),
      ...(ca !== null && { tlsAuthWithCACert: true }),
    },
    secureJsonData: {
      ...numbered(
        'httpHeaderValue',
        headers.map(([, value]) => value),
      ),
      ...(basicAuth !== null && credentials !== null && { basicAuthPassword: Expansion.ofFile(credentials) }),
      ...(ca !== null && { tlsCACert: Expansion.ofFile(ca) }),
    },
  };
}
