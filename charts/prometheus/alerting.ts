import type { Config } from '../../config/load';
import type { Destination } from '../../config/schema';
import { connectOutside, hostOf } from '../../lib/endpoint';
import type { AlertmanagerEndpoints } from '../alertmanager/endpoints';
import { authentication, type Sending, sendings } from './remote-write';
import { podsBehind } from './scrape-jobs';
import type { ScrapeEnds } from './server-config';

/**
 * The `alerting` section, and its edges; null where nobody is told. The label that tells replicas apart is dropped, so that
 * Alertmanager takes what two Prometheus say as one alert.
 */
export function alertingConfig({ namespace, prometheus }: Config, ends: ScrapeEnds) {
  const { alertmanagers, replicas, replicaLabel } = prometheus;
  const { alertmanager } = ends;
  if (alertmanagers.length === 0 && alertmanager === null) return null;
  return {
    ...(replicas > 1 && { alert_relabel_configs: [{ regex: replicaLabel, action: 'labeldrop' }] }),
    alertmanagers: [
      ...(alertmanager === null ? [] : [ownAlertmanagers(namespace, alertmanager, ends)]),
      ...sendings('alertmanager', alertmanagers).map((sending) => outsideAlertmanager(sending, ends)),
    ],
  };
}

/** Every pod, not the Service: they gossip of what they have told, not of alerts, so each must hear of each alert. */
function ownAlertmanagers(namespace: string, { http }: AlertmanagerEndpoints, { own }: ScrapeEnds) {
  http.allow(own.party, 'alerts');
  return podsBehind(namespace, http);
}

function outsideAlertmanager(sending: Sending, { topology, own }: ScrapeEnds) {
  const { url, cidr, headers } = sending.target;
  const { host, port } = hostOf(url);
  connectOutside(topology, own.party, { host, port, cidr }, 'alerts');
  return {
    ...placeOf(url),
    ...headersOf(headers),
    ...authentication(sending),
    static_configs: [{ targets: [`${host}:${port}`] }],
  };
}

function placeOf(url: string) {
  const { protocol, pathname } = new URL(url);
  return { scheme: protocol.replace(':', ''), ...(pathname !== '/' && { path_prefix: pathname.replace(/\/$/, '') }) };
}

function headersOf(headers: Destination['headers']) {
  const named = Object.entries(headers).map(([name, value]) => [name, { values: [value] }]);
  return named.length > 0 && { http_headers: Object.fromEntries(named) };
}
