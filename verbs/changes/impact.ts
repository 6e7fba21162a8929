/** The impact of a change: what happens in a cluster that runs one set of manifests when another one is applied. Pure functions. */
import { HOOK } from '../../lib/hook-job';
import type { Manifest } from '../../stack/checks/manifest';
import { type ClaimPatch, claimPatches, type Growth, growthsOf } from './growth';
import { type NameChange, nameChanges } from './names';
import { type Refusal, refusalOf } from './refusals';
import { type Reload, type Restart, restartsOf } from './restarts';
import type { Risk } from './risk';
import { risksOf } from './risks';
import { at, type Difference, differencesOf, type Pair, pairUp } from './tree';
import { type VersionChange, versionsOf } from './versions';

/** An object of both sets that differs. */
export interface Changed extends Pair {
  readonly fields: readonly Difference[];
}

/** The impact. */
export interface Impact {
  readonly added: readonly Manifest[];
  readonly removed: readonly Manifest[];
  readonly changed: readonly Changed[];
  /** What the API server refuses. */
  readonly refusals: readonly Refusal[];
  /** Where data is at risk. */
  readonly risks: readonly Risk[];
  readonly restarts: readonly Restart[];
  readonly reloads: readonly Reload[];
  readonly growths: readonly Growth[];
  readonly claimPatches: readonly ClaimPatch[];
  readonly names: readonly NameChange[];
  readonly versions: readonly VersionChange[];
}

/** Compares two sets of manifests. Fields that a server adds must be in both or in neither. */
export function impactOf(before: readonly Manifest[], after: readonly Manifest[]): Impact {
  const [old, next] = [before.filter(isNoHook), after.filter(isNoHook)];
  const paired = pairUp(old, next);
  return {
    added: paired.added,
    removed: paired.removed,
    changed: paired.kept.flatMap((pair) => {
      const fields = differencesOf(pair.before, pair.after);
      return fields.length === 0 ? [] : [{ ...pair, fields }];
    }),
    refusals: paired.kept.flatMap((pair) => refusalOf(pair) ?? []),
    risks: risksOf(old, next, paired),
    ...restartsOf(paired),
    growths: growthsOf(old, next),
    claimPatches: claimPatches(old, next),
    names: nameChanges(old, next),
    versions: versionsOf(paired),
  };
}

/** The Job of a hook is made anew for each run, so that a change of it is never applied to one that exists. */
const isNoHook = ({ metadata }: Manifest): boolean => at(metadata, 'annotations', HOOK) === undefined;

/** How much care a change needs, the least first. */
export const SEVERITIES = ['none', 'restart', 'refused', 'data'] as const;

/** One of them. */
export type Severity = (typeof SEVERITIES)[number];

/** The highest severity of an impact. */
export function severityOf({ risks, refusals, restarts }: Impact): Severity {
  if (risks.length > 0 || refusals.some(({ remedy }) => remedy === 'new claim')) return 'data';
  if (refusals.length > 0) return 'refused';
  return restarts.length > 0 ? 'restart' : 'none';
}
