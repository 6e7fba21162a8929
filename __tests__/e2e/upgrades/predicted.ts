/** What `npm run impact` predicts, and what a cluster shows, in one form. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Report } from '../../../verbs/changes/report';
import { ROOT } from '../../support';
import { HAS_GRAFANA, list } from '../stack';
import { NAMESPACE } from './stack';

/** What happens to the objects of a stack, by their titles, sorted. */
interface Happening {
  /** Deleted and applied again. */
  readonly replaced: readonly string[];
  /** Workloads whose pods are others. */
  readonly restarted: readonly string[];
  /** Claims, with both sizes. */
  readonly grown: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** A program without pods has none to restart. */
const hasPods = (title: string): boolean => HAS_GRAFANA || title !== 'Deployment/grafana';

/** Compares two folders of manifests. */
export function predict(old: string, next: string): Happening {
  const args = [join(ROOT, 'scripts/app.js'), 'verbs/impact.ts', '--json', '--fail-on', 'never', old, next];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const [report] = JSON.parse(stdout) as readonly Report[];
  const titles = (severity: string) =>
    (report?.rows ?? []).filter((row) => row.severity === severity).map((row) => row.object);
  return {
    replaced: titles('refused').sort(),
    restarted: titles('restart').filter(hasPods).sort(),
    grown: (report?.rows ?? [])
      .filter(({ severity }) => severity === 'grow')
      .map(({ object, what }) => `${object} ${what}`)
      .sort(),
    added: [...(report?.added ?? [])].sort(),
    removed: [...(report?.removed ?? [])].sort(),
  };
}

interface Item {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly deletionTimestamp?: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly spec?: { readonly resources?: { readonly requests?: { readonly storage?: string } } };
}

const KINDS = 'deployments,statefulsets,services,configmaps,serviceaccounts,roles,rolebindings,networkpolicies,pvc';

/** The objects of the stack by their titles, and the uids of each workload's pods. */
export function observe() {
  const OURS = ['-l', 'app.kubernetes.io/part-of=cdk8s-observability'];
  const objects = list<Item>(NAMESPACE, KINDS, ...OURS).map(
    (item) => [`${item.kind}/${item.metadata.name}`, item] as const,
  );
  const pods = new Map<string, string[]>();
  for (const { metadata } of list<Item>(NAMESPACE, 'pods', ...OURS)) {
    if (metadata.deletionTimestamp !== undefined) continue;
    const [owner] = metadata.ownerReferences ?? [];
    // A ReplicaSet has the name of its Deployment and a hash.
    const title =
      owner?.kind === 'ReplicaSet'
        ? `Deployment/${owner.name.replace(/-[^-]+$/, '')}`
        : `${owner?.kind}/${owner?.name}`;
    pods.set(title, [...(pods.get(title) ?? []), metadata.uid].sort());
  }
  return { objects: new Map(objects), pods };
}

type Observed = ReturnType<typeof observe>;

/** What has happened between two observations. */
export function differenceOf(was: Observed, is: Observed): Happening {
  const kept = [...is.objects].flatMap(([title, after]) => {
    const before = was.objects.get(title);
    return before === undefined ? [] : [{ title, before, after }];
  });
  const sizeOf = ({ spec }: Item) => spec?.resources?.requests?.storage;
  return {
    replaced: kept
      .filter(({ before, after }) => before.metadata.uid !== after.metadata.uid)
      .map(({ title }) => title)
      .sort(),
    restarted: [...is.pods]
      .filter(([title, uids]) => was.pods.has(title) && String(was.pods.get(title)) !== String(uids))
      .map(([title]) => title)
      .sort(),
    grown: kept
      .filter(({ before, after }) => sizeOf(before) !== sizeOf(after))
      .map(({ title, before, after }) => `${title} ${sizeOf(before)} becomes ${sizeOf(after)}`)
      .sort(),
    added: [...is.objects.keys()].filter((title) => !was.objects.has(title)).sort(),
    removed: [...was.objects.keys()].filter((title) => !is.objects.has(title)).sort(),
  };
}
