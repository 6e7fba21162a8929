/** A running stack, compared with what is rendered. */
import type { Manifest } from '../../stack/checks/manifest';
import { staleObjects } from '../apply';
import { claimsOf, mountsOf } from '../changes/claims';
import { type Impact, impactOf } from '../changes/impact';
import { idOf } from '../changes/tree';
import type { Expected } from '../expected';
import type { Kubectl } from '../kubectl';
import { isLeaving } from '../leaving-claims';
import { hasNamespace } from '../namespaces';
import { isOfStack, mayChange } from '../ownership';
import { dryRun } from './dry-run';
import { normal } from './normal';

/** The difference between a cluster and a rendering. */
export interface Comparison {
  /** The stack's namespace. */
  readonly namespace: string;
  readonly impact: Impact;
  /** What the server says of the objects that it refuses, by their id. */
  readonly refused: ReadonlyMap<string, string>;
  /** The stack's claims in the cluster, and others with a name that a pod of the rendering uses, with their status. */
  readonly claims: readonly Manifest[];
  /** Claims of the stack that no pod of the rendering uses, and that stay. */
  readonly unusedClaims: readonly string[];
  /** Objects with the name of a rendered one that are another stack's, or not of any. */
  readonly foreign: readonly Manifest[];
  /** Objects of the rendering that are being deleted, without claims: those go with their pod, whatever is applied. */
  readonly leaving: readonly Manifest[];
}

/**
 * Compares. The server's defaults are on both sides, so they are no differences.
 * @param rendered the objects that would be applied
 * @throws KubectlError if a request failed
 */
export async function compare(
  kubectl: Kubectl,
  expected: Expected,
  rendered: readonly Manifest[],
): Promise<Comparison> {
  const { namespace } = expected.config;
  const found = await liveObjects(kubectl, rendered);
  const live = new Map(found.map((object) => [idOf(object), object]));
  const isThere = live.size > 0 && (await hasNamespace(kubectl, namespace));
  const [dry, stale, listed] = isThere
    ? await Promise.all([
        dryRun(kubectl, rendered, live),
        staleObjects(kubectl, expected),
        kubectl.list<Manifest>('persistentvolumeclaims', '-n', namespace),
      ])
    : [{ objects: rendered, refused: new Map<string, string>() }, [], []];
  const used = new Set(claimsOf(rendered).flatMap(({ names }) => names));
  const claims = listed.filter((claim) => used.has(claim.metadata.name) || isOfStack(claim, namespace));
  const unused = claims.filter(({ metadata: { name } }) => !used.has(name));
  const old = [...found, ...stale, ...unused.filter((claim) => isMounted(claim, [...found, ...stale]))].map(normal);
  return {
    namespace,
    impact: impactOf(old, dry.objects.map(normal)),
    refused: dry.refused,
    claims,
    unusedClaims: unused.filter((claim) => !isLeaving(claim)).map(({ metadata: { name } }) => name),
    foreign: found.filter((object) => !mayChange(object, namespace)),
    leaving: found.filter((object) => object.kind !== 'PersistentVolumeClaim' && isLeaving(object)),
  };
}

/** The rendered objects that exist. */
async function liveObjects(kubectl: Kubectl, rendered: readonly Manifest[]): Promise<readonly Manifest[]> {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: rendered });
  const text = await kubectl.text(
    ['get', '--ignore-not-found', '-f', '-', '-o', 'json', '--request-timeout=30s'],
    list,
  );
  if (text.trim() === '') return [];
  const answer = JSON.parse(text) as Manifest & { readonly items?: readonly Manifest[] };
  return answer.items ?? [answer];
}

/** Whether a workload of the cluster mounts the claim, rather than that it was left behind before. */
const isMounted = ({ metadata: { name } }: Manifest, workloads: readonly Manifest[]): boolean =>
  workloads.some((workload) => mountsOf(workload).has(name));
