import { exceptionsOf } from '../../lib/address-ranges';
import type { k8s } from '../../lib/k8s';
import type { ApiServerParty, NetworkParty, NodesParty, Party } from '../../lib/parties';

/** The peers of a NetworkPolicy rule for one end of an edge; none if no policy can or need select it. */
export function peersOf(party: Party): k8s.NetworkPolicyPeer[] {
  switch (party.kind) {
    case 'component':
      return [{ podSelector: { matchLabels: { ...party.podLabels } } }];
    case 'pods':
      return [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': party.namespace } },
          ...(Object.keys(party.podLabels).length > 0 && { podSelector: { matchLabels: { ...party.podLabels } } }),
        },
      ];
    case 'network':
    case 'apiServer':
    case 'nodes':
      return blocksOf(party);
    default:
      return [];
  }
}

const blocksOf = ({ cidr }: NetworkParty | ApiServerParty | NodesParty): k8s.NetworkPolicyPeer[] =>
  (cidr === null ? ['0.0.0.0/0', '::/0'] : [cidr]).map((range) => ({ ipBlock: blockOf(range) }));

function blockOf(cidr: string): k8s.IpBlock {
  const except = exceptionsOf(cidr);
  return except.length === 0 ? { cidr } : { cidr, except };
}
