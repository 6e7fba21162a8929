import type { Config } from '../config/load';
import type { NodesParty } from '../lib/topology';

/** The network of the nodes, as pods reach it. */
export const nodesOf = ({ cluster }: Pick<Config, 'cluster'>): NodesParty => ({
  kind: 'nodes',
  name: 'nodes',
  cidr: cluster.nodes.cidr,
});
