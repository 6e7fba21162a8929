import type { Part } from '../charts/common/part';
import { connectOutside } from '../lib/outside';
import type { Party } from '../lib/parties';
import type { Topology } from '../lib/topology';
import type { Config } from './config';

/**
 * The connections from the key `network`.
 * @param parts the components that are on, by key
 */
export function connectConfigured(
  { network }: Pick<Config, 'network'>,
  parts: ReadonlyMap<string, { readonly part: Part }>,
  topology: Topology,
): void {
  for (const { namespace, podLabels, to } of network.allowFrom) {
    const client: Party = { kind: 'pods', name: namespace, namespace, podLabels };
    for (const endpoint of parts.get(to)?.part.ingressPorts ?? [])
      endpoint.allow(client, 'allowed by network.allowFrom');
  }
  for (const { from, host, port, cidr } of network.egress) {
    for (const client of parts.get(from)?.part.pods ?? [])
      connectOutside(topology, client, { host, port, cidr }, 'allowed by network.egress');
  }
}
