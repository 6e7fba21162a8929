/** What an environment has, from what is rendered: the names that commands may use. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appsOf, type Stack } from '../../../stack/apps';
import { type Manifest, manifestsOf } from '../../../stack/checks/manifest';
import type { Config } from '../../../stack/config';
import { configFile, ROOT } from '../../support';

type Labels = Readonly<Record<string, string>>;

/** Rights of an account in a namespace. */
interface Grant {
  readonly namespace: string;
  /** `system:serviceaccount:namespace:name`. */
  readonly account: string;
  /** As `pods` or `endpointslices.discovery.k8s.io`; only those that may be listed. */
  readonly resource: string;
}

/** A namespace that is not ours, and what may be said of it. */
interface Foreign {
  /** Beginning of the names of what is in it; null: nothing is known of them. */
  readonly application: string | null;
  /** Whether a selector may match there. */
  readonly selects: (labels: Labels) => boolean;
}

/** What commands may name. */
export interface World {
  readonly environment: string;
  readonly manifests: readonly Manifest[];
  /** Our own namespaces: their names are rendered. */
  readonly own: ReadonlySet<string>;
  readonly foreign: ReadonlyMap<string, Foreign>;
  readonly hasJanServer: boolean;
  readonly grants: readonly Grant[];
  /** Names of claims, also of those that StatefulSets make. */
  readonly claims: readonly string[];
  /** Values of the label `job`. */
  readonly jobs: ReadonlySet<string>;
  readonly makeTargets: ReadonlySet<string>;
  readonly npmScripts: ReadonlySet<string>;
}

interface WorkloadSpec {
  readonly replicas?: number;
  readonly template?: { readonly metadata?: { readonly labels?: Labels } };
  readonly jobTemplate?: {
    readonly spec?: { readonly template?: { readonly metadata?: { readonly labels?: Labels } } };
  };
  readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
}

/** Labels of a workload's pods. */
export const podLabelsOf = ({ spec }: Manifest): Labels | undefined => {
  const { template, jobTemplate } = (spec ?? {}) as WorkloadSpec;
  return (template ?? jobTemplate?.spec?.template)?.metadata?.labels;
};

/** Collects it. */
export function worldOf(config: Config, stack: Stack): World {
  const manifests = manifestsOf(appsOf(stack));
  const { namespace, nodeExporter } = config;
  return {
    environment: config.environment,
    manifests,
    own: new Set([namespace, ...(nodeExporter.enabled ? [nodeExporter.namespace] : [])]),
    foreign: foreignOf(config),
    hasJanServer: config.janServer !== null,
    grants: grantsOf(manifests),
    claims: manifests.flatMap(claimsOf),
    jobs: jobsOf(config, manifests),
    makeTargets: new Set(
      [...readFileSync(join(ROOT, 'Makefile'), 'utf8').matchAll(/^([\w-]+):/gm)].map(([, target = '']) => target),
    ),
    npmScripts: new Set(Object.keys(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts)),
  };
}

/** What Jan Server's chart (janhq/server, 2026-01, infra/k8s/jan-server) runs besides the services that we scrape. */
const JAN_COMPONENTS = ['kong', 'sandboxfusion', 'searxng', 'vector-store', 'realtime-api', 'media-api', 'llm-api'];
const JAN_PROGRAMS = ['postgresql'];

function foreignOf({ janServer, vllm, gpu }: Config): Map<string, Foreign> {
  const found = new Map<string, Foreign>();
  if (janServer !== null) {
    const { namespace, application, services } = janServer;
    const components = new Set([...JAN_COMPONENTS, ...services.map(({ name }) => name)]);
    found.set(namespace, {
      application,
      selects: (labels) =>
        components.has(labels['app.kubernetes.io/component'] ?? '') ||
        [application, ...JAN_PROGRAMS].includes(labels['app.kubernetes.io/name'] ?? ''),
    });
  }
  for (const pods of [vllm, gpu]) {
    if (pods === null) continue;
    const before = found.get(pods.namespace);
    const isIts = (labels: Labels) => JSON.stringify(labels) === JSON.stringify(pods.podLabels);
    found.set(pods.namespace, {
      application: before?.application ?? null,
      selects: (labels) => isIts(labels) || before?.selects(labels) === true,
    });
  }
  return found;
}

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly verbs: readonly string[];
}
type Role = Manifest & { readonly rules?: readonly Rule[] };
type Binding = Manifest & {
  readonly roleRef: { readonly name: string };
  readonly subjects: readonly { readonly kind: string; readonly name: string; readonly namespace: string }[];
};

/** Every right to list something in a namespace. */
function grantsOf(manifests: readonly Manifest[]): Grant[] {
  const roles = manifests.filter(({ kind }) => kind === 'Role') as Role[];
  const bindings = manifests.filter(({ kind }) => kind === 'RoleBinding') as Binding[];
  return bindings.flatMap(({ metadata: { namespace = '' }, roleRef, subjects }) => {
    const role = roles.find(({ metadata }) => metadata.namespace === namespace && metadata.name === roleRef.name);
    const resources = (role?.rules ?? [])
      .filter(({ verbs }) => verbs.includes('list'))
      .flatMap(({ apiGroups = [], resources: names = [] }) =>
        names.flatMap((name) => apiGroups.map((group) => (group === '' ? name : `${name}.${group}`))),
      );
    return subjects.flatMap((subject) =>
      resources.map((resource) => ({
        namespace,
        resource,
        account: `system:serviceaccount:${subject.namespace}:${subject.name}`,
      })),
    );
  });
}

function claimsOf({ kind, metadata, spec }: Manifest): string[] {
  if (kind === 'PersistentVolumeClaim') return [metadata.name];
  const { replicas = 1, volumeClaimTemplates = [] } = (spec ?? {}) as WorkloadSpec;
  return volumeClaimTemplates.flatMap((claim) =>
    Array.from({ length: replicas }, (_, index) => `${claim.metadata.name}-${metadata.name}-${index}`),
  );
}

/** Jan Server's services are one scrape job, and each has a `job` label of its own. */
function jobsOf({ janServer }: Config, manifests: readonly Manifest[]): ReadonlySet<string> {
  const { scrape_configs } = configFile<{ readonly scrape_configs: readonly { readonly job_name: string }[] }>(
    manifests,
    'prometheus-config',
    'prometheus.yaml',
  );
  return new Set([
    ...scrape_configs.map(({ job_name }) => job_name),
    ...(janServer?.services ?? []).map(({ name }) => name),
  ]);
}
