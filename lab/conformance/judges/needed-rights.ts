/** Permissions that the programs' configurations need: for service discovery, and for metadata and state of objects. */
import type { ManifestSet } from '../manifests';
import { configOf } from '../pod-files';
import { type ProgramPod, runningImage } from '../pods';

/** A permission to check. */
export interface Question {
  readonly account: { readonly name: string; readonly namespace: string };
  readonly verb: string;
  readonly group?: string;
  readonly resource: string;
  readonly subresource?: string;
  /** Undefined: in every namespace. */
  readonly namespace?: string;
  readonly expected: boolean;
}

type Content = Readonly<Record<string, unknown>>;

/** Every permission that a program needs. */
export const neededRights = (set: ManifestSet): Question[] => [
  ...runningImage(set, 'prometheus').flatMap((program) =>
    discovery(configOf(set, program, '--config.file').content, accountOf(program)),
  ),
  ...runningImage(set, 'collector').flatMap((program) =>
    metadata(configOf(set, program, '--config').content, accountOf(program)),
  ),
  ...runningImage(set, 'kubeStateMetrics').flatMap(states),
];

const accountOf = ({ pod }: ProgramPod): Question['account'] => ({
  name: pod.spec.serviceAccountName ?? 'default',
  namespace: pod.namespace,
});

/** https://prometheus.io/docs/prometheus/latest/configuration/configuration/#kubernetes_sd_config: a role watches these. */
const OF_ROLE: Readonly<
  Record<string, readonly { group?: string; resource: string; subresource?: string; verbs?: readonly string[] }[]>
> = {
  endpointslice: [
    { group: 'discovery.k8s.io', resource: 'endpointslices' },
    { resource: 'services' },
    { resource: 'pods' },
  ],
  pod: [{ resource: 'pods' }],
  service: [{ resource: 'services' }],
  // The kubelet checks this permission before it serves its metrics.
  node: [
    { resource: 'nodes', verbs: ['list', 'watch'] },
    { resource: 'nodes', subresource: 'metrics', verbs: ['get'] },
  ],
};
const READ = ['get', 'list', 'watch'];

interface Job {
  readonly kubernetes_sd_configs?: readonly { role: string; namespaces?: { names?: readonly string[] } }[];
}

function discovery(content: Content, account: Question['account']): Question[] {
  const { alertmanagers = [] } = (content.alerting ?? {}) as { alertmanagers?: readonly Job[] };
  return [...((content.scrape_configs ?? []) as readonly Job[]), ...alertmanagers]
    .flatMap((job) => job.kubernetes_sd_configs ?? [])
    .flatMap(({ role, namespaces }) =>
      (namespaces?.names ?? [undefined]).flatMap((namespace) =>
        (OF_ROLE[role] ?? []).flatMap(({ verbs = READ, ...resource }) =>
          verbs.map((verb) => ({ account, verb, ...resource, namespace, expected: true })),
        ),
      ),
    );
}

function metadata(content: Content, account: Question['account']): Question[] {
  const processors = (content.processors ?? {}) as Readonly<Record<string, { filter?: { namespace?: string } } | null>>;
  return Object.entries(processors)
    .filter(([name]) => name.split('/')[0] === 'k8s_attributes')
    .flatMap(([, processor]) =>
      READ.map((verb) => ({
        account,
        verb,
        resource: 'pods',
        namespace: processor?.filter?.namespace,
        expected: true,
      })),
    );
}

/** API groups of resources; the others are in the core group, whose name is empty. */
const GROUPS: Readonly<Record<string, string>> = {
  daemonsets: 'apps',
  deployments: 'apps',
  statefulsets: 'apps',
  cronjobs: 'batch',
  jobs: 'batch',
};

/** kube-state-metrics lists and watches each kind in each namespace. */
function states(program: ProgramPod): Question[] {
  const account = accountOf(program);
  const valuesOf = (option: string) =>
    (program.container.args ?? []).flatMap((argument) =>
      argument.startsWith(`--${option}=`) ? argument.slice(option.length + 3).split(',') : [],
    );
  return valuesOf('namespaces').flatMap((namespace) =>
    valuesOf('resources').flatMap((resource) =>
      ['list', 'watch'].map((verb) => ({
        account,
        verb,
        group: GROUPS[resource] ?? '',
        resource,
        namespace,
        expected: true,
      })),
    ),
  );
}
