/**
 * Who must be able to connect to whom, read from what the programs are told in their rendered configurations: each URL, exporter,
 * scrape target, datasource. The graph that the NetworkPolicies are made from is not asked, so that the two can disagree.
 */

import { parse } from 'yaml';
import { parse as parseIni } from './ini';
import {
  configOf,
  filesOf,
  type ManifestSet,
  ofKind,
  type Pod,
  type ProgramPod,
  podsOf,
  runningImage,
} from './manifests';

/** Pods of Jan Server: never part of the manifests, but named by them. */
export interface JanPod {
  readonly namespace: string;
  readonly component: string;
  readonly port: number;
}

/** One connection that a configuration asks for. */
export interface Need {
  /** Name of a pod of ours; null: any pod of Jan Server's namespace. */
  readonly from: string | null;
  readonly to:
    | { readonly kind: 'pod'; readonly name: string; readonly port: number; readonly protocol?: 'UDP' }
    | { readonly kind: 'jan'; readonly component: string; readonly port: number }
    | { readonly kind: 'elsewhere'; readonly namespace: string; readonly port: number }
    | { readonly kind: 'outside'; readonly port: number };
}

/** Ports where API servers listen: that of their Service, and the one behind it. Some networks judge before, some after translation. */
const API_PORTS = [443, 6443];

/** Default ports of URLs without one. */
const URL_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** Every need of a set, and Jan Server's pods that it names. */
export function needsOf(set: ManifestSet): { needs: readonly Need[]; jan: readonly JanPod[] } {
  const jan: JanPod[] = [];
  const needs = [
    ...runningImage(set, 'collector').flatMap((program) => collectorNeeds(set, program)),
    ...runningImage(set, 'jaeger').flatMap((program) => jaegerNeeds(set, program)),
    ...runningImage(set, 'jaegerIndexCleaner').flatMap((program) => argumentNeeds(set, program)),
    ...runningImage(set, 'prometheus').flatMap((program) => prometheusNeeds(set, program, jan)),
    ...runningImage(set, 'grafana').flatMap((program) => grafanaNeeds(set, program)),
  ];
  return { needs, jan };
}

/** Where a host and a port lead: pods behind a Service of ours, or outside. */
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

/** `service`, `service.namespace`, and before `.svc` also `pod.service.namespace`. */
function serviceName(host: string): { name: string; namespace?: string } {
  const labels = (host.split('.svc')[0] ?? '').split('.');
  const [namespace, name] = labels.slice(-2).reverse();
  return name === undefined ? { name: host } : { name, namespace };
}

interface ServiceSpec {
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name: string; readonly port: number; readonly targetPort: number | string }[];
}

const selects = (selector: Readonly<Record<string, string>>, { labels }: Pod) =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

/** The pods behind a port of a Service, with the port that they listen on. */
function behind(set: ManifestSet, { selector, ports }: ServiceSpec, namespace: string, port: number) {
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

/** An address as it stands in a configuration: a URL, or a host and a port. Undefined for anything else, and for what is the pod itself. */
function addressOf(text: string): { host: string; port: number } | undefined {
  const pair = text.match(ADDRESS);
  if (pair !== null) return outsideItself(pair[1] ?? '', Number(pair[2]));
  if (!/^[a-z+]+:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, hostname, port } = new URL(text);
  return outsideItself(hostname, Number(port || URL_PORTS[protocol]));
}

const outsideItself = (host: string, port: number) =>
  ['localhost', '0.0.0.0', '127.0.0.1', ''].includes(host) || Number.isNaN(port) ? undefined : { host, port };

/** Every text in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);
  return [];
}

/** What every address in a value leads to. */
const addressNeeds = (set: ManifestSet, program: ProgramPod, value: unknown): Need[] =>
  textsIn(value).flatMap((text) => {
    const address = addressOf(text);
    return address === undefined ? [] : reached(set, program, address.host, address.port);
  });

const argumentNeeds = (set: ManifestSet, program: ProgramPod): Need[] =>
  addressNeeds(set, program, [program.container.args ?? [], (program.container.env ?? []).map(({ value }) => value)]);

const apiNeeds = ({ pod }: ProgramPod): Need[] =>
  API_PORTS.map((port) => ({ from: pod.name, to: { kind: 'outside', port } }));

type Section = Readonly<Record<string, unknown>>;
const section = (content: Section, name: string): Section => (content[name] ?? {}) as Section;
const hasType = (entries: Section, type: string) => Object.keys(entries).some((name) => name.split('/')[0] === type);

/** Its receivers are where Jan Server sends to; its exporters and extensions name where it sends to itself. */
function collectorNeeds(set: ManifestSet, program: ProgramPod): Need[] {
  const { content } = configOf(set, program, '--config');
  const own = [...addressNeeds(set, program, [content.exporters, content.extensions]), ...argumentNeeds(set, program)];
  const api = hasType(section(content, 'processors'), 'k8s_attributes') ? apiNeeds(program) : [];
  return [...own, ...api, ...openTo(program, listening(section(content, 'receivers')))];
}

/** Ports on every address of the pod, which are for others; what binds the pod's own address is for the kubelet and Prometheus. */
const listening = (value: unknown): number[] =>
  textsIn(value).flatMap((text) => {
    const port = text.match(/^0\.0\.0\.0:(\d+)$/)?.[1];
    return port === undefined ? [] : [Number(port)];
  });

const openTo = ({ pod }: ProgramPod, ports: readonly number[]): Need[] =>
  ports.map((port) => ({ from: null, to: { kind: 'pod', name: pod.name, port } }));

/** Its stores and metrics; sampling strategies are what SDKs in Jan Server ask for. Spans come from the Collector, which names it. */
function jaegerNeeds(set: ManifestSet, program: ProgramPod): Need[] {
  const { content } = configOf(set, program, '--config');
  const { jaeger_storage: storage, remote_sampling: sampling } = section(content, 'extensions') as Record<
    string,
    Section
  >;
  const cassandra = Object.values((storage?.backends ?? {}) as Record<string, Section>).flatMap((backend) => {
    const { servers = [], port = 9042 } = section(section(backend, 'cassandra'), 'connection') as {
      servers?: string[];
      port?: number;
    };
    return servers.map((host) => `${host}:${port}`);
  });
  return [
    ...addressNeeds(set, program, [storage, cassandra, section(content, 'receivers').kafka ?? {}]),
    ...argumentNeeds(set, program),
    ...openTo(program, listening(sampling)),
  ];
}

interface ScrapeJob {
  readonly job_name: string;
  readonly static_configs?: readonly { readonly targets: readonly string[] }[];
  readonly kubernetes_sd_configs?: readonly { readonly namespaces?: { readonly names?: readonly string[] } }[];
  readonly relabel_configs?: readonly {
    readonly action?: string;
    readonly source_labels?: readonly string[];
    readonly regex?: string;
  }[];
}

/** What it scrapes, writes to and is told to alert. */
function prometheusNeeds(set: ManifestSet, program: ProgramPod, jan: JanPod[]): Need[] {
  const { content } = configOf(set, program, '--config.file');
  const jobs = (content.scrape_configs ?? []) as readonly ScrapeJob[];
  const outside = [content.remote_write, content.alerting, jobs.map(({ static_configs }) => static_configs)];
  const discovered = jobs.filter(({ kubernetes_sd_configs = [] }) => kubernetes_sd_configs.length > 0);
  return [
    ...addressNeeds(set, program, outside),
    ...argumentNeeds(set, program),
    ...(discovered.length > 0 ? apiNeeds(program) : []),
    ...discovered.flatMap((job) => targetNeeds(set, program, job, jan)),
  ];
}

/** The targets that a job keeps: of the Services that we make, or, where the namespace is not ours, those that its rule spells out. */
function targetNeeds(set: ManifestSet, program: ProgramPod, job: ScrapeJob, jan: JanPod[]): Need[] {
  const { pod } = program;
  const keep = (job.relabel_configs ?? []).find(({ action }) => action === 'keep');
  const pattern = keep?.regex ?? '';
  return (job.kubernetes_sd_configs ?? [])
    .flatMap(({ namespaces }) => namespaces?.names ?? [])
    .flatMap((namespace): Need[] => {
      const services = ofKind(set, 'Service').filter(({ metadata }) => metadata.namespace === namespace);
      const kept = services.flatMap(({ metadata, spec }) =>
        (spec as ServiceSpec).ports
          .filter((port) => new RegExp(`^(?:${pattern})$`).test(`${metadata.name};${port.name}`))
          .flatMap(({ port }) => behind(set, spec as ServiceSpec, namespace, port)),
      );
      if (services.length > 0) return kept.map((to) => ({ from: pod.name, to }));
      const named = pattern.split('|').map((alternative) => alternative.split(';'));
      return named.map(([component = '', port = '']) => {
        jan.push({ namespace, component, port: Number(port) });
        return { from: pod.name, to: { kind: 'jan', component, port: Number(port) } };
      });
    });
}

/** Its datasources, its database, and whom it notifies. */
function grafanaNeeds(set: ManifestSet, program: ProgramPod): Need[] {
  const files = [...filesOf(set, program)];
  const provisioned = files.filter(([path]) => path.endsWith('.yaml')).map(([, text]) => parse(text) as Section);
  const urls = provisioned.flatMap(({ datasources = [] }) =>
    (datasources as readonly { url: string }[]).map(({ url }) => url),
  );
  const settings = files.filter(([path]) => path.endsWith('.ini')).map(([, text]) => parseIni(text));
  const hosts = settings.flatMap((sections) => [sections.smtp?.host, sections.database?.host]);
  const receivers = provisioned.flatMap(
    ({ contactPoints = [] }) => contactPoints as readonly { receivers: readonly { type: string }[] }[],
  );
  const slack = receivers.flatMap((point) => point.receivers).some(({ type }) => type === 'slack')
    ? ['https://hooks.slack.com']
    : [];
  const plugins = settings.some(({ plugins: section }) => (section?.preinstall_sync ?? '') !== '')
    ? ['https://grafana.com']
    : [];
  // Gossip of its replicas.
  const peers = addressNeeds(
    set,
    program,
    settings.map((sections) => sections.unified_alerting?.ha_peers),
  );
  const byUdp = peers.flatMap(({ from, to }): Need[] =>
    to.kind === 'pod' ? [{ from, to: { ...to, protocol: 'UDP' } }] : [],
  );
  return [
    ...addressNeeds(set, program, [urls, hosts, slack, plugins]),
    ...argumentNeeds(set, program),
    ...peers,
    ...byUdp,
  ];
}
