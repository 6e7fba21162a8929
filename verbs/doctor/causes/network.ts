/** Connections that a NetworkPolicy cuts. */
import { type AnyCause, type Cause, entryOf } from '../cause';

/** A policy, and what it cuts. */
export interface Cut {
  readonly namespace: string;
  readonly policy: string;
  /** Each as `client to server:port`. */
  readonly connections: readonly string[];
}

const SHOWN = 4;
const listed = (connections: readonly string[]) =>
  connections.length <= SHOWN
    ? connections.join(', ')
    : `${connections.slice(0, SHOWN).join(', ')}, and ${connections.length - SHOWN} more`;

export const POLICY_CUTS: Cause<Cut> = {
  id: 'network-policy',
  section: 'traces',
  title: 'A NetworkPolicy cuts a connection',
  meaning:
    'A policy selects the pods at one end, and no rule of any policy there allows the connection. It applies where the network enforces policies: Calico, Cilium, and most clouds do. A default deny in the namespace of the senders needs a rule for the Collector and for DNS; one in the namespace of Jan Server needs a rule for Prometheus, else there are no metrics.',
  found:
    'Every connection that the stack needs is computed against all NetworkPolicies at both ends. CiliumNetworkPolicies and AdminNetworkPolicies are not read.',
  says: ({ connections }) =>
    `it selects pods at one end of these connections, and no policy allows them: ${listed(connections)}`,
  next: ({ commands: { kubectl } }, { namespace, policy }) =>
    `add a rule for them: ${kubectl(`-n ${namespace} edit networkpolicy ${policy}`)}`,
  example: ({ places: { janServer, intake } }) => {
    const namespace = janServer?.namespace ?? 'jan-server';
    return {
      part: `NetworkPolicy/deny-all in ${namespace}`,
      details: {
        namespace,
        policy: 'deny-all',
        connections: [`Deployment/jan-server-llm-api to ${intake.service}:4318`],
      },
    };
  },
};

export const NETWORK_CAUSES: readonly AnyCause[] = [entryOf(POLICY_CUTS)];
