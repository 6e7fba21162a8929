import type { Endpoint } from '../../lib/endpoint';
import type { Pod } from '../../lib/pod';
import { Expansion } from '../common/grafana-values';
import type { IniSection } from './ini-file';

/** The gossip ports: TCP and UDP, with the same number. */
export interface Gossip {
  readonly tcp: Endpoint;
  readonly udp: Endpoint;
}

/**
 * How Grafana replicas find each other, so that only one of them sends a notification
 * (https://grafana.com/docs/grafana/latest/alerting/set-up/configure-high-availability/).
 */
export function gossipSection(pod: Pod, { tcp, udp }: Gossip): IniSection {
  udp.allow(pod.party, 'who notifies');
  return {
    ha_listen_address: Expansion.ofVariable('POD_IP', `:${tcp.port}`),
    ha_advertise_address: Expansion.ofVariable('POD_IP', `:${tcp.port}`),
    ha_peers: tcp.podsAddressFor(pod.party, 'who notifies'),
    ha_peer_timeout: '15s',
  };
}
