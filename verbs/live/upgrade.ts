/** What `monitor-up` does before it applies: the changes that the API server refuses, where no data is lost. */
import type { Manifest } from '../../stack/checks/manifest';
import { claimsOf } from '../changes/claims';
import { claimPatch, type Growth, growthOf } from '../changes/growth';
import type { Impact } from '../changes/impact';
import type { Refusal } from '../changes/refusals';
import { rowsOf } from '../changes/rows';
import { type Step, stepsOf } from '../changes/steps';
import { idOf, titleOf, treeAt } from '../changes/tree';
import type { Commands } from '../commands';
import { leavingOf, lossOf } from '../leaving-claims';
import { foreignProblems } from '../ownership';
import type { VerbProblem } from '../terminal';
import type { Comparison } from './compare';
import { renewalOf } from './empty-claims';

/** What is done, or why it is not. */
export interface Upgrade {
  /** The impact in this cluster: what is refused of a claim without data is no risk. */
  readonly impact: Impact;
  /** Commands before the objects are applied. Each can be repeated, so that the next run completes an interrupted one. */
  readonly steps: readonly Step[];
  /** What would lose data, or cannot be done. */
  readonly problems: readonly VerbProblem[];
}

/** StorageClasses by name; null: they cannot be listed. */
export type Classes = ReadonlyMap<string, { readonly allowVolumeExpansion?: boolean }> | null;

/**
 * Plans an upgrade.
 * @param rendered the objects that will be applied
 */
export function upgradeOf(
  { namespace, impact, refused, claims, leaving, foreign }: Comparison,
  rendered: readonly Manifest[],
  classes: Classes,
  commands: Commands,
): Upgrade {
  const growing = growingClaims(claims, rendered);
  const names = new Set(growing.map(({ claim }) => claim));
  const { refusals, renewed, impossible } = renewalOf(impact, claims, rendered, names);
  const growths = growing.filter(({ claim }) => !renewed.has(claim));
  const patches = claimPatchesOf(claims, rendered).filter(({ claim }) => !renewed.has(claim));
  const used = new Set(claimsOf(rendered).flatMap(({ names }) => names));
  return {
    impact: { ...impact, refusals },
    steps: [
      ...leaving.map(gone),
      ...stepsOf({ claimPatches: patches, refusals }),
      // After their StatefulSet, which would create them again as they were.
      ...[...renewed].map((claim) => renewal(claim, claims)),
    ],
    problems: [
      ...foreignProblems(foreign, namespace, commands),
      ...leavingOf(claims)
        .filter(({ claim }) => used.has(claim))
        .map((claim) => lossOf(commands, claim)),
      ...impossible.map(newClaim),
      ...fixedClasses(growths, claims, classes),
      ...unexpected(refused, impact.refusals, [...growths.map(({ claim }) => claim), ...renewed]),
    ],
  };
}

/** Every claim of the cluster that a rendered object or template wants larger. */
const growingClaims = (claims: readonly Manifest[], rendered: readonly Manifest[]): readonly Growth[] =>
  wanted(claims, rendered).flatMap(({ current, use, name }) => growthOf(current, use, name));

const claimPatchesOf = (claims: readonly Manifest[], rendered: readonly Manifest[]) =>
  wanted(claims, rendered).flatMap(({ current, use, name }) => claimPatch(current, use, name));

/** The claims of the cluster, each with what is rendered of it. */
function wanted(claims: readonly Manifest[], rendered: readonly Manifest[]) {
  const live = new Map(claimsOf(claims).map((claim) => [claim.names[0], claim]));
  return claimsOf(rendered).flatMap((use) =>
    use.names.flatMap((name) => {
      const current = live.get(name);
      return current === undefined ? [] : [{ current, use, name }];
    }),
  );
}

/** An object that is being deleted is applied once it is gone: otherwise the deletion would win. */
function gone(object: Manifest): Step {
  const { name, namespace } = object.metadata;
  const place = namespace === undefined ? [] : ['-n', namespace];
  const args = ['wait', ...place, `${object.kind.toLowerCase()}/${name}`, '--for=delete'];
  return { what: `${titleOf(object)} is being deleted, and is applied again when it is gone`, args };
}

function renewal(claim: string, claims: readonly Manifest[]): Step {
  const namespace = claims.find(({ metadata }) => metadata.name === claim)?.metadata.namespace ?? '';
  return {
    what: `PersistentVolumeClaim/${claim} has no volume yet, and is created again`,
    args: ['delete', '-n', namespace, `persistentvolumeclaim/${claim}`, '--ignore-not-found'],
  };
}

function newClaim(refusal: Refusal): VerbProblem {
  const [row] = rowsOf({ ...NOTHING, refusals: [refusal] });
  return { what: `${row?.object} ${row?.what}: its data would be lost`, fix: row?.next ?? '' };
}

const NOTHING = {
  ...{ added: [], removed: [], changed: [], risks: [], restarts: [], reloads: [], growths: [] },
  ...{ claimPatches: [], names: [], versions: [] },
} as const;

/** Claims that are to grow, and whose StorageClass does not let them. */
function fixedClasses(
  growths: readonly Growth[],
  claims: readonly Manifest[],
  classes: Classes,
): readonly VerbProblem[] {
  if (classes === null) return [];
  return growths.flatMap(({ claim, from, to }) => {
    const live = claims.find(({ metadata }) => metadata.name === claim);
    const className = String(treeAt(live?.spec).storageClassName ?? '');
    if (classes.get(className)?.allowVolumeExpansion === true) return [];
    return [
      {
        what: `PersistentVolumeClaim/${claim} is to grow from ${from} to ${to}, and its StorageClass ${className} does not allow it`,
        fix: `set the size back to ${from}; or, if the driver can do it, set allowVolumeExpansion: true on the StorageClass`,
      },
    ];
  });
}

/** Refusals that are none of those with a remedy, in the server's words. */
function unexpected(
  refused: ReadonlyMap<string, string>,
  known: readonly Refusal[],
  claims: readonly string[],
): readonly VerbProblem[] {
  const expected = new Set(known.map(({ after }) => idOf(after)));
  return [...refused].flatMap(([id, message]) => {
    if (expected.has(id) || claims.some((name) => id.endsWith(` ${name}`))) return [];
    return [
      {
        what: `the API server refuses ${id.trim()}: ${message}`,
        fix: 'correct the setting or the patch that causes it',
      },
    ];
  });
}
