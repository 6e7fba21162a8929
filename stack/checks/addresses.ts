import { headlessName } from '../../lib/endpoint';
import { namespaceOf } from '../../lib/outside';
import type { Edge } from '../../lib/parties';
import type { Topology } from '../../lib/topology';
import { containersOf, type Manifest, mountedConfigMaps, type PodSpec, podOf } from './manifest';

interface Address {
  readonly host: string;
  readonly port: number;
}

const URL_PATTERN = /\b(https?|grpc):\/\/([A-Za-z0-9.-]+)(?::(\d+))?/g;
/** `host:port` as a whole value: an exporter's endpoint, a target, a mail server. */
const HOST_PORT_PATTERN = /(?<=^|[\s"'=,{[(])([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?):(\d{2,5})(?=["'\s,}\])]|$)/gm;

/** Files with addresses that are opened in a browser, not by a program of the stack. */
const FOR_PEOPLE = /^(grafana-(dashboard|runbooks)-|prometheus-rules(-user)?$)/;
/** The settings that hold an address for browsers: of the program itself, and of runbooks. */
const PUBLIC_ADDRESS = /^(\s*root_url\s*=|--web\.external-url=|\s*runbook_url:).*$/gm;
/** The pod itself. */
const OWN = new Set(['localhost', '127.0.0.1', '0.0.0.0']);

/**
 * Finds addresses in a component's configuration, arguments or environment without an edge that allows the connection: a URL in a patch, or
 * a literal address instead of an endpoint's.
 */
export function unreachableAddresses(manifests: readonly Manifest[], { edges, clusterDomain }: Topology): string[] {
  return manifests.flatMap((workload) => {
    const pod = podOf(workload);
    if (pod === undefined) return [];
    const { name } = workload.metadata;
    const own = edges.filter(({ client }) => client.kind === 'component' && client.name === name);
    const missing = textsOf(pod, manifests)
      .flatMap(addressesIn)
      .filter((address) => !OWN.has(address.host) && !own.some((edge) => leadsTo(edge, address, clusterDomain)))
      .map(({ host, port }) => `${host}:${port}`);
    return [...new Set(missing)].map((address) => complaint(name, address));
  });
}

const complaint = (name: string, address: string) =>
  `${name} is configured to connect to ${address}, and no edge of the graph allows it. Set the address by its own key; for one that a patch sets, add it to network.egress: {from, host, port}.`;

function leadsTo({ server, port }: Edge, address: Address, clusterDomain: string): boolean {
  if (port !== address.port) return false;
  const [first, second, ...others] = address.host.split('.');
  if ([server.name, headlessName(server.name)].includes(address.host)) return true;
  // One pod of a StatefulSet.
  if (second === headlessName(server.name) && first?.startsWith(`${server.name}-`)) return true;
  // DNS also resolves a Service's name without the suffix `.svc`.
  const namespace = others.length === 0 ? second : namespaceOf(address.host, clusterDomain);
  return server.kind === 'pods' && server.namespace === namespace;
}

/** Everything that configures the connections of a pod: its ConfigMaps, arguments and variables. */
function textsOf(pod: PodSpec, manifests: readonly Manifest[]): string[] {
  const mounted = mountedConfigMaps(pod);
  const files = manifests.filter(
    ({ kind, metadata: { name } }) => kind === 'ConfigMap' && mounted.has(name) && !FOR_PEOPLE.test(name),
  );
  const texts = containersOf(pod).flatMap(({ args = [], command = [], env = [] }) => [
    ...args,
    ...command,
    ...env.map(({ value = '' }) => value),
  ]);
  return [...files.flatMap(({ data = {} }) => Object.values(data)), ...texts];
}

function addressesIn(text: string): Address[] {
  const config = text.replace(PUBLIC_ADDRESS, '');
  const urls = [...config.matchAll(URL_PATTERN)].map(([, scheme, host = '', port]) => ({
    host: host.toLowerCase(),
    port: port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port),
  }));
  const pairs = [...config.matchAll(HOST_PORT_PATTERN)].map(([, host = '', port]) => ({ host, port: Number(port) }));
  return [...urls, ...pairs];
}
