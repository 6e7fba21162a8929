import { type ManifestSet, ofKind } from '../manifests';
import { configOf, type ProgramPod } from '../pods';
import { addressNeeds, apiNeeds, argumentNeeds, behind, type ServiceSpec } from './addresses';
import type { Need } from './need';

/** How targets, and whom to alert, are found. */
interface Discovery {
  readonly static_configs?: readonly { readonly targets: readonly string[] }[];
  readonly kubernetes_sd_configs?: readonly {
    readonly role: string;
    readonly namespaces?: { readonly names?: readonly string[] };
  }[];
  readonly relabel_configs?: readonly {
    readonly action?: string;
    readonly source_labels?: readonly string[];
    readonly regex?: string;
  }[];
}

/** What it scrapes, writes to and is told to alert. */
export function prometheusNeeds(set: ManifestSet, program: ProgramPod): Need[] {
  const { content } = configOf(set, program, '--config.file');
  const jobs = (content.scrape_configs ?? []) as readonly Discovery[];
  const { alertmanagers = [] } = (content.alerting ?? {}) as { readonly alertmanagers?: readonly Discovery[] };
  const outside = [content.remote_write, content.alerting, jobs.map(({ static_configs }) => static_configs)];
  const discovered = [...jobs, ...alertmanagers].filter(
    ({ kubernetes_sd_configs = [] }) => kubernetes_sd_configs.length > 0,
  );
  return [
    ...addressNeeds(set, program, outside),
    ...argumentNeeds(set, program),
    ...(discovered.length > 0 ? apiNeeds(program) : []),
    ...discovered.flatMap((job) => [...targetNeeds(set, program, job), ...nodeNeeds(program, job)]),
  ];
}

/** Port of the kubelet, which nodes name as theirs. */
const KUBELET_PORT = 10_250;

/** Nodes are outside the network of the pods. */
const nodeNeeds = ({ pod }: ProgramPod, { kubernetes_sd_configs = [] }: Discovery): Need[] =>
  kubernetes_sd_configs.some(({ role }) => role === 'node')
    ? [{ from: pod.name, to: { kind: 'outside', port: KUBELET_PORT } }]
    : [];

/** The targets that a job keeps: of the Services that we make, or, where the namespace is not ours, those that its rule spells out. */
function targetNeeds(set: ManifestSet, program: ProgramPod, job: Discovery): Need[] {
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
        return { from: pod.name, to: { kind: 'jan', namespace, component, port: Number(port) } };
      });
    });
}
