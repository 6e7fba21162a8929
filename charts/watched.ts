import type { Config } from '../config/load';

/** Namespaces whose pods, workloads and claims are watched: ours, and Jan Server's. */
export const watchedNamespaces = ({ namespace, janServer }: Pick<Config, 'namespace' | 'janServer'>): string[] => [
  namespace,
  ...(janServer === null ? [] : [janServer.namespace]),
];
