import type { k8s } from '../../lib/k8s';
import type { ApiServerParty, NetworkParty, NodesParty, Party } from '../../lib/topology';

/**
 * Addresses at which clouds hand out credentials of the node: never part of "any address".
 * 169.254.0.0/16 is link-local (AWS, Google Cloud, Azure, OpenStack), 100.100.100.200 is Alibaba Cloud's, 168.63.129.16 is
 * Azure's platform address, fd00:ec2::254 is AWS' over IPv6.
 */
const METADATA_V4 = ['169.254.0.0/16', '100.100.100.200/32', '168.63.129.16/32'];
const METADATA_V6 = ['fd00:ec2::254/128', 'fe80::/10'];

/** The peers of a NetworkPolicy rule that stand for one end of an edge; none where no policy can or need say it. */
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
  cidr === null
    ? [{ ipBlock: { cidr: '0.0.0.0/0', except: METADATA_V4 } }, { ipBlock: { cidr: '::/0', except: METADATA_V6 } }]
    : [{ ipBlock: { cidr } }];
