/** Claims that grow, and what a StatefulSet's existing claims need so that they match a changed template. */
import type { Manifest } from '../../stack/checks/manifest';
import { type ClaimUse, claimsOf } from './claims';
import { amountOf } from './quantity';
import type { Tree } from './tree';

/** A claim that becomes larger. */
export interface Growth {
  readonly namespace: string;
  readonly claim: string;
  /** Name of the StatefulSet that has created it; null: it is rendered, and a plain apply grows it. */
  readonly statefulSet: string | null;
  readonly from: string;
  readonly to: string;
}

/** A merge patch of a claim that a StatefulSet has created: the StatefulSet itself never changes a claim. */
export interface ClaimPatch {
  readonly namespace: string;
  readonly claim: string;
  readonly patch: Tree;
}

/** A claim as it is, with the fields that a template decides. */
export type CurrentClaim = Pick<ClaimUse, 'size' | 'labels' | 'annotations'>;

/** The claims of both sets that grow. */
export const growthsOf = (old: readonly Manifest[], next: readonly Manifest[]): readonly Growth[] =>
  inBoth(old, next).flatMap(({ before, after, name }) => growthOf(before, after, name));

/** The growth of one claim, as it is, to what is rendered; none if it does not grow. */
export function growthOf(
  current: CurrentClaim,
  { namespace, statefulSet, size }: ClaimUse,
  claim: string,
): readonly Growth[] {
  if (current.size === undefined || size === undefined || amountOf(size) <= amountOf(current.size)) return [];
  return [{ namespace, claim, statefulSet, from: current.size, to: size }];
}

/** The patches for a StatefulSet's claims. */
export const claimPatches = (old: readonly Manifest[], next: readonly Manifest[]): readonly ClaimPatch[] =>
  inBoth(old, next).flatMap(({ before, after, name }) => claimPatch(before, after, name));

/** The patch that makes one claim match its template; none if it does, or if it is an object of its own. */
export function claimPatch(current: CurrentClaim, use: ClaimUse, claim: string): readonly ClaimPatch[] {
  if (use.statefulSet === null) return [];
  const metadata = {
    ...missing('labels', current.labels, use.labels),
    ...missing('annotations', current.annotations, use.annotations),
  };
  const [growth] = growthOf(current, use, claim);
  const patch = {
    ...(Object.keys(metadata).length > 0 && { metadata }),
    ...(growth !== undefined && { spec: { resources: { requests: { storage: growth.to } } } }),
  };
  return Object.keys(patch).length === 0 ? [] : [{ namespace: use.namespace, claim, patch }];
}

function missing(key: string, current: Tree, wanted: Tree): Tree {
  const entries = Object.entries(wanted).filter(([name, value]) => current[name] !== value);
  return entries.length === 0 ? {} : { [key]: Object.fromEntries(entries) };
}

function inBoth(old: readonly Manifest[], next: readonly Manifest[]) {
  const keyOf = ({ namespace, key }: ClaimUse) => `${namespace} ${key}`;
  const before = new Map(claimsOf(old).map((claim) => [keyOf(claim), claim]));
  return claimsOf(next).flatMap((after) => {
    const found = before.get(keyOf(after));
    // A pod that is added creates its claim with the new size.
    const names = found?.names.filter((name) => after.names.includes(name)) ?? [];
    return found === undefined ? [] : names.map((name) => ({ before: found, after, name }));
  });
}
