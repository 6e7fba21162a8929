/** The endpoints of the addresses in a configuration. */
import { type ManifestSet, ofKind } from '../manifests';
import { type Pod, type ProgramPod, podsOf } from '../pods';
import type { Need } from './need';

/** Ports of the API server: its Service's, and its own. Some CNIs apply policies before, some after address translation. */
const API_PORTS = [443, 6443];

/** Default ports of URLs without one. */
const URL_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** The endpoints of a host and a port: pods of one of our Services, or outside. */
function reached(set: ManifestSet, { pod }: ProgramPod, host: string, port: number): Need[] {
  const { name, namespace = pod.namespace } = serviceName(host);
  const services = ofKind(set, 'Service').filter(({ metadata }) => metadata.namespace === namespace);
  const service = services.find(({ metadata }) => metadata.name === name);
  if (service === undefined) {
    const isInside = /\.svc(\.|$)/.test(host);
    return [{ from: pod.name, to: isInside ? { kind: 'elsewhere', namespace, port } : { kind: 'outside', port } }];
  }
  return behind(set, service.spec as ServiceSpec, namespace, port).map((target) => ({ from: pod.name, to: target }));
}

/** Parses `service`, `service.namespace`, and before `.svc` also `pod.service.namespace`. */
function serviceName(host: string): { name: string; namespace?: string } {
  const labels = (host.split('.svc')[0] ?? '').split('.');
  const [namespace, name] = labels.slice(-2).reverse();
  return name === undefined ? { name: host } : { name, namespace };
}

/** A Service, with the fields that matter here. */
export interface ServiceSpec {
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name: string; readonly port: number; readonly targetPort: number | string }[];
}

const selects = (selector: Readonly<Record<string, string>>, { labels }: Pod) =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

/** The pods behind a port of a Service, with the port that they listen on. */
export function behind(set: ManifestSet, { selector, ports }: ServiceSpec, namespace: string, port: number) {
  const target = ports.find((entry) => entry.port === port)?.targetPort;
  const pods = podsOf(set).filter((pod) => pod.namespace === namespace && selects(selector, pod));
  return pods.map((pod) => ({ kind: 'pod' as const, name: pod.name, port: portNumber(pod, target ?? port) }));
}

function portNumber({ owner, spec }: Pod, port: number | string): number {
  if (typeof port === 'number') return port;
  const found = spec.containers.flatMap(({ ports = [] }) => ports).find(({ name }) => name === port);
  if (found === undefined) throw new Error(`${owner} has no port ${port}`);
  return found.containerPort;
}

const ADDRESS = /^(?:(?:dns|passthrough):\/\/\/)?([a-z0-9.-]+):(\d+)$/i;

/** The address in a string of a configuration: a URL, or a host and a port. Undefined for anything else, and for the pod itself. */
function addressOf(text: string): { host: string; port: number } | undefined {
  const pair = text.match(ADDRESS);
  if (pair !== null) return outsideItself(pair[1] ?? '', Number(pair[2]));
  if (!/^[a-z+]+:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, hostname, port } = new URL(text);
  return outsideItself(hostname, Number(port || URL_PORTS[protocol]));
}

const outsideItself = (host: string, port: number) =>
  ['localhost', '0.0.0.0', '127.0.0.1', ''].includes(host) || Number.isNaN(port) ? undefined : { host, port };

/** Every string in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);
  return [];
}

/** The needs for every address in a value. */
export const addressNeeds = (set: ManifestSet, program: ProgramPod, value: unknown): Need[] =>
  textsIn(value).flatMap((text) => {
    const address = addressOf(text);
    return address === undefined ? [] : reached(set, program, address.host, address.port);
  });

/** The needs for the arguments and variables of the container. */
export const argumentNeeds = (set: ManifestSet, program: ProgramPod): Need[] =>
  addressNeeds(set, program, [program.container.args ?? [], (program.container.env ?? []).map(({ value }) => value)]);

/** The API server, whose address is in no configuration: programs take it from the environment. */
export const apiNeeds = ({ pod }: ProgramPod): Need[] =>
  API_PORTS.map((port) => ({ from: pod.name, to: { kind: 'outside', port } }));

/** Ports that listen on 0.0.0.0, for other pods. Ports on the pod's own address are for the kubelet and Prometheus. */
export const listening = (value: unknown): number[] =>
  textsIn(value).flatMap((text) => {
    const port = text.match(/^0\.0\.0\.0:(\d+)$/)?.[1];
    return port === undefined ? [] : [Number(port)];
  });

/** Jan Server connects to these ports. */
export const openTo = ({ pod }: ProgramPod, ports: readonly number[]): Need[] =>
  ports.map((port) => ({ from: null, to: { kind: 'pod', name: pod.name, port } }));

/** A part of a configuration. */
export type Section = Readonly<Record<string, unknown>>;

/** A part of a configuration by name; empty if it is absent. */
export const section = (content: Section, name: string): Section => (content[name] ?? {}) as Section;
