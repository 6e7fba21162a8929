import type { Endpoint } from '../../lib/endpoint';
import type { Pod } from '../../lib/pod';
import { Expansion } from '../shared/grafana-values';
import type { IniSection } from './ini-file';

/** The ports of gossip: TCP and UDP, of one number. */
export interface Gossip {
  readonly tcp: Endpoint;
  readonly udp: Endpoint;
}

/**
 * How several Grafanas find each other, so that an alert is sent by one of them
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
