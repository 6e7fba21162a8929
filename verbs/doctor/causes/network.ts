/** Connections that a NetworkPolicy cuts. */
import { type AnyCause, type At, type Case, type Cause, entryOf } from '../cause';

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

/** A default deny in the namespace of the senders. */
const denyAll = ({ places: { janServer, intake } }: At): Case<Cut> => {
  const namespace = janServer?.namespace ?? 'jan-server';
  return {
    part: `NetworkPolicy/deny-all in ${namespace}`,
    details: {
      namespace,
      policy: 'deny-all',
      connections: [`Deployment/jan-server-llm-api to ${intake.service}:4318`],
    },
  };
};

export const POLICY_CUTS: Cause<Cut> = {
  id: 'network-policy',
  section: 'traces',
  title: 'A NetworkPolicy cuts a connection',
  meaning:
    'A policy selects the pods at one end, and no rule of any policy there allows the connection. It applies where the network enforces policies: Calico, Cilium, and most clouds do. A default deny in the namespace of the senders needs a rule for the Collector and for DNS; one in the namespace of Jan Server needs a rule for Prometheus, else there are no metrics.',
  found:
    'Every connection that the stack needs is computed against all NetworkPolicies at both ends. It is not said of pods in the network of their node, to which no policy applies, or of a sender whose spans arrive.',
  says: ({ connections }) =>
    `it selects pods at one end of these connections, and no policy allows them: ${listed(connections)}`,
  next: ({ commands: { kubectl } }, { namespace, policy }) =>
    `add a rule for them: ${kubectl(`-n ${namespace} edit networkpolicy ${policy}`)}`,
  example: denyAll,
};

export const POLICY_UNKNOWN: Cause<Cut> = {
  id: 'network-not-checked',
  section: 'checks',
  title: 'Whether a NetworkPolicy cuts a connection is not known',
  meaning:
    'The rules of the policy name labels of namespaces or addresses that could not be read, or there are policies of other kinds that may allow the connection: of Cilium, of Calico, or AdminNetworkPolicies. What these allow is not computed.',
  found:
    'The connection is computed against all NetworkPolicies at both ends. What is missing for an answer is not guessed.',
  isRemark: true,
  says: ({ connections }) => `not checked: whether these connections are let through: ${listed(connections)}`,
  next: ({ commands: { kubectl } }, { namespace, policy }) =>
    `compare its rules with the connections: ${kubectl(`-n ${namespace} describe networkpolicy ${policy}`)}`,
  example: denyAll,
};

export const NETWORK_CAUSES: readonly AnyCause[] = [POLICY_CUTS, POLICY_UNKNOWN].map(entryOf);
