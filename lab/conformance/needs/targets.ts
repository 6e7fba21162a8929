/** The targets of Prometheus' service discovery. */
import { type ManifestSet, ofKind } from '../manifests';
import { podsOf } from '../pods';
import { behind, type ServiceSpec } from './addresses';
import type { Need } from './need';

/** A scrape job, or a discovery of Alertmanagers. */
export interface Discovery {
  readonly static_configs?: readonly { readonly targets: readonly string[] }[];
  readonly kubernetes_sd_configs?: readonly Finder[];
  readonly relabel_configs?: readonly {
    readonly action?: string;
    readonly source_labels?: readonly string[];
    readonly target_label?: string;
    readonly regex?: string;
    readonly replacement?: string;
  }[];
}

interface Finder {
  readonly role: string;
  readonly namespaces?: { readonly names?: readonly string[] };
  readonly selectors?: readonly { readonly role: string; readonly label?: string }[];
}

/** Port of the kubelet, which is the target port of role `node`. */
const KUBELET_PORT = 10_250;

/** The targets that a job keeps. @param from name of the pod that scrapes them */
export const targetNeeds = (set: ManifestSet, from: string, job: Discovery): Need[] =>
  (job.kubernetes_sd_configs ?? []).flatMap((finder): Need[] => {
    // Nodes are outside the pod network.
    if (finder.role === 'node') return [{ from, to: { kind: 'outside', port: KUBELET_PORT } }];
    const find = finder.role === 'pod' ? podNeeds : serviceNeeds;
    return (finder.namespaces?.names ?? []).flatMap((namespace) => find(set, from, job, finder, namespace));
  });

/** Ports of our Services that the keep rule matches; in a namespace that is not ours, the names and ports in that rule. */
function serviceNeeds(set: ManifestSet, from: string, job: Discovery, _finder: Finder, namespace: string): Need[] {
  const pattern = (job.relabel_configs ?? []).find(({ action }) => action === 'keep')?.regex ?? '';
  const services = ofKind(set, 'Service').filter(({ metadata }) => metadata.namespace === namespace);
  const kept = services.flatMap(({ metadata, spec }) =>
    (spec as ServiceSpec).ports
      .filter((port) => new RegExp(`^(?:${pattern})$`).test(`${metadata.name};${port.name}`))
      .flatMap(({ port }) => behind(set, spec as ServiceSpec, namespace, port)),
  );
  if (services.length > 0) return kept.map((to) => ({ from, to }));
  const named = pattern.split('|').map((alternative) => alternative.split(';'));
  return named.map(([component = '', port = '']) => ({
    from,
    to: { kind: 'jan', namespace, component, port: Number(port) },
  }));
}

/** Ports of our pods with these labels, which may use the host network; for other pods, the port of the relabeling rule. */
function podNeeds(set: ManifestSet, from: string, job: Discovery, { selectors }: Finder, namespace: string): Need[] {
  const labels = labelsOf(selectors?.find(({ role }) => role === 'pod')?.label ?? '');
  const ours = podsOf(set).filter(
    (pod) => pod.namespace === namespace && Object.entries(labels).every(([name, value]) => pod.labels[name] === value),
  );
  if (ours.length > 0) {
    return ours.flatMap(({ name, spec }) =>
      spec.containers
        .flatMap(({ ports = [] }) => ports)
        .map(({ containerPort: port }): Need => {
          return { from, to: spec.hostNetwork === true ? { kind: 'outside', port } : { kind: 'pod', name, port } };
        }),
    );
  }
  const address = (job.relabel_configs ?? []).find(({ target_label }) => target_label === '__address__');
  const port = Number(address?.replacement?.match(/:(\d+)$/)?.[1]);
  return [{ from, to: { kind: 'elsewhere', namespace, labels, port } }];
}

/** Parses an equality-based selector such as `a=b,c=d`. */
const labelsOf = (selector: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    selector
      .split(',')
      .filter((part) => part !== '')
      .map((part) => part.split('=') as [string, string]),
  );
