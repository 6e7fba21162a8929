/** The DNS servers of the cluster, as NetworkPolicies see them. */
import { PLATFORMS } from '../../config/platforms';
import type { Pod } from '../objects';
import type { DesiredState } from './desired-state';
import { addressEnd, type NameServer, podEnd, portsOf } from './ends';
import { readLabels } from './neighbours';
import type { Reader } from './reader';
import type { Service, Survey } from './survey';

const NAME = 'DNS';

/** Those that were read; or what the platform says about them. */
export function nameServersOf({ config }: DesiredState, { nameServers }: Survey): readonly NameServer[] {
  if (nameServers !== null && nameServers.length > 0) return nameServers;
  const { pods, port } = PLATFORMS[config.platform].dns;
  return pods.map(({ namespace, labels }) => ({
    end: {
      ...addressEnd(NAME, ''),
      namespace,
      labels,
      namespaceLabels: null,
      ip: null,
      isOnHost: false,
      isKnown: false,
    },
    port,
  }));
}

/**
 * Reads the DNS pods of the platform, and the addresses at which they are reached: of their Service, and of a cache on the node.
 * @returns null: they may not be read
 */
export async function readNameServers(reader: Reader, { config }: DesiredState): Promise<readonly NameServer[] | null> {
  const { pods, addresses, port } = PLATFORMS[config.platform].dns;
  const found = await Promise.all(
    pods.map(async ({ namespace, labels }) => {
      const selector = Object.entries(labels).map((pair) => pair.join('='));
      const unchecked = `whether NetworkPolicies cut DNS in ${namespace}`;
      const [namespaceLabels = null, own, services] = await Promise.all([
        readLabels(reader, namespace, unchecked),
        reader.list<Pod>({ resource: 'pods', namespace, unchecked }, '-l', selector.join(',')),
        reader.list<Service>({ resource: 'services', namespace, unchecked }),
      ]);
      if (own === null) return null;
      return [
        ...own.map((pod) => ({ end: podEnd(NAME, namespace, pod, namespaceLabels), port: dnsPort(pod) ?? port })),
        ...addressesOf(services ?? []).map((ip) => ({ end: addressEnd(NAME, ip), port: DNS_PORT })),
      ];
    }),
  );
  if (found.includes(null)) return null;
  const servers = found.flatMap((all) => all ?? []);
  // A cache is there only beside the pods that it asks.
  const caches = addresses.map((cidr) => ({ end: addressEnd(NAME, cidr.split('/')[0] ?? ''), port: DNS_PORT }));
  return servers.length === 0 ? [] : [...servers, ...caches];
}

/** The port of Services, and of caches on the node. */
const DNS_PORT = 53;

/** Servers that are no root listen elsewhere, as 5353 on OpenShift. */
const dnsPort = (pod: Pod): number | undefined =>
  portsOf(pod).find(({ name = '', protocol }) => protocol === 'UDP' && name.startsWith('dns'))?.containerPort;

const addressesOf = (services: readonly Service[]): string[] =>
  services
    .filter(({ spec }) => spec?.ports?.some(({ port }) => port === DNS_PORT))
    .flatMap(({ spec }) => spec?.clusterIPs ?? [])
    .filter((ip) => ip !== 'None');
