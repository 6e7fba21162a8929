import type { Destination } from '../../config/schema/destination';
import { hostOf } from '../../lib/outside';
import type { Pod } from '../../lib/pod';
import { alertmanager } from '../alertmanager';
import type { StackContext } from '../common/context';
import { podsBehind } from '../common/scrape-jobs';
import { authentication } from './remote-write';
import type { PrometheusSettings } from './schema';

/**
 * The `alerting` section; null if there is no Alertmanager to send to. The replica label is dropped, so that Alertmanager deduplicates the
 * alerts of two replicas.
 */
export function alertingConfig(context: StackContext, settings: PrometheusSettings, pod: Pod) {
  const { alertmanagers, replicas, replicaLabel } = settings;
  const own = context.part(alertmanager);
  if (alertmanagers.length === 0 && own === null) return null;
  // Every pod, not the Service: they gossip notifications, not alerts, so each must get each alert.
  own?.http.allow(pod.party, 'alerts');
  return {
    ...(replicas > 1 && { alert_relabel_configs: [{ regex: replicaLabel, action: 'labeldrop' }] }),
    alertmanagers: [
      ...(own === null ? [] : [podsBehind(context.namespace, own.http)]),
      ...alertmanagers.map((target, index) => outsideAlertmanager(pod, `alertmanager-${index}`, target)),
    ],
  };
}

function outsideAlertmanager(pod: Pod, name: string, target: Destination) {
  const { url, cidr, headers } = target;
  const { host, port } = hostOf(url);
  pod.connectOutside({ host, port, cidr }, 'alerts');
  return {
    ...placeOf(url),
    ...headersOf(headers),
    ...authentication(pod, name, target),
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
