import { PLATFORMS } from '../config/platforms';
import { table } from '../lib/markdown';
import { type Manifest, podOf } from '../stack/checks/manifest';
import { WARNINGS } from '../stack/warnings';
import { DOCUMENTED } from '../verbs/commands';
import type { Expected } from '../verbs/expected';
import { createSecret, requiredSecrets } from '../verbs/secrets';

interface WorkloadSpec {
  readonly replicas?: number;
  readonly volumeClaimTemplates?: readonly { readonly spec: ClaimSpec }[];
}
interface ClaimSpec {
  readonly resources: { readonly requests: { readonly storage: string } };
}
interface FullPod {
  readonly terminationGracePeriodSeconds: number;
  readonly containers: readonly {
    readonly resources: { readonly requests: { readonly cpu: string; readonly memory: string } };
  }[];
  readonly volumes: readonly { readonly persistentVolumeClaim?: { readonly claimName: string } }[];
}

/** The replicas of kinds without that field. */
const REPLICAS: Readonly<Record<string, string>> = { CronJob: 'scheduled', DaemonSet: 'one on each node' };

/** The workloads of an environment: replicas, resources, storage, and termination grace period. */
export function workloadsTable({ keep, workloads }: Expected): string {
  const rows = workloads.filter((manifest) => podOf(manifest)).map((manifest) => rowOf(manifest, keep));
  return table(['workload', 'kind', 'replicas', 'CPU and memory of each', 'claim', 'grace period'], rows);
}

function rowOf(manifest: Manifest, keep: readonly Manifest[]): string[] {
  const pod = podOf(manifest) as unknown as FullPod;
  const { replicas, volumeClaimTemplates = [] } = manifest.spec as WorkloadSpec;
  const names = pod.volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
  const claims = keep.filter(({ kind, metadata }) => kind === 'PersistentVolumeClaim' && names.includes(metadata.name));
  const sizes = [...volumeClaimTemplates.map(({ spec }) => spec), ...claims.map(({ spec }) => spec as ClaimSpec)].map(
    ({ resources }) => resources.requests.storage,
  );
  const { cpu, memory } = pod.containers[0]?.resources.requests ?? { cpu: '', memory: '' };
  return [
    `\`${manifest.metadata.name}\``,
    manifest.kind,
    REPLICAS[manifest.kind] ?? String(replicas),
    `${cpu}, ${memory}`,
    sizes.length === 0 ? 'none' : `${sizes.join(', ')}${volumeClaimTemplates.length > 0 ? ' each' : ''}`,
    `${pod.terminationGracePeriodSeconds} s`,
  ];
}

/** The Secrets that must exist before the first apply, as commands. */
export function secretCommands(expected: Expected): string {
  const { namespace } = expected.config;
  const commands = [...requiredSecrets(expected)].map(([name, use]) => createSecret(DOCUMENTED, namespace, name, use));
  return ['```bash', ...commands, '```'].join('\n');
}

/** Every possible warning of `make synth`. */
export const warningsTable = (): string =>
  table(
    ['setting', 'warning', 'how to change it'],
    WARNINGS.map(({ path, what, fix }) => [`\`${path}\``, what, fix]),
  );

/** The differences between platforms. */
export function platformsTable(): string {
  const small = { cpu: '100m', memory: '512Mi', ephemeralStorage: '1Gi' };
  const rows = Object.entries(PLATFORMS).map(
    ([name, { dns, storageClass, apiServerPorts, signsKubelets, namesUsers, fitted }]) => [
      `\`${name}\``,
      storageClass === null ? "the cluster's default" : `\`${storageClass}\``,
      [
        ...dns.pods.map(({ labels }) =>
          Object.entries(labels)
            .map(([key, value]) => `\`${key}=${value}\``)
            .join(),
        ),
        ...dns.addresses,
      ].join(', '),
      String(dns.port),
      apiServerPorts.join(', '),
      signsKubelets ? 'verified' : 'not verified',
      namesUsers ? 'set by us' : 'set by the platform',
      fitted(small).limitsCpu ? 'rounded as Autopilot requires, limits equal requests' : 'as configured, no CPU limit',
    ],
  );
  return table(
    [
      '`platform`',
      'StorageClass',
      'DNS',
      'DNS port',
      'API server ports',
      "kubelets' certificates",
      'user IDs',
      'resources',
    ],
    rows,
  );
}
