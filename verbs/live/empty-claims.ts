/** Claims without a volume: they hold no data, so they are made anew where they could not become what is rendered. */
import type { Manifest } from '../../stack/checks/manifest';
import { claimsOf } from '../changes/claims';
import type { Impact } from '../changes/impact';
import type { Refusal } from '../changes/refusals';
import { at, idOf } from '../changes/tree';

/** What is made anew, and what cannot be without a loss. */
export interface Renewal {
  /** Names of claims in the cluster that are deleted, so that they are created with the new size or class. */
  readonly renewed: ReadonlySet<string>;
  /**
   * The refusals without those of claims that are made anew, and with the remedy that fits: a StatefulSet without any data is deleted with
   * its pods, which cannot have started.
   */
  readonly refusals: readonly Refusal[];
  /** Refusals that only a new claim would remedy, although there is data. */
  readonly impossible: readonly Refusal[];
}

/**
 * Decides by what is on the claims. One that does not exist is empty.
 * @param claims the claims of the cluster
 * @param growing names of claims that are to become larger: without a volume, the API server refuses that
 */
export function renewalOf(
  { added, refusals }: Pick<Impact, 'added' | 'refusals'>,
  claims: readonly Manifest[],
  rendered: readonly Manifest[],
  growing: ReadonlySet<string>,
): Renewal {
  const empty = new Set(claims.filter(hasNoVolume).map(({ metadata: { name } }) => name));
  const full = new Set(claims.filter((claim) => !hasNoVolume(claim)).map(({ metadata: { name } }) => name));
  const namesOf = (object: Manifest) => claimsOf([object]).flatMap(({ names }) => names);
  const holdsData = (object: Manifest) => namesOf(object).some((name) => full.has(name));
  const lost = refusals.filter(({ remedy }) => remedy === 'new claim');
  const impossible = lost.filter(({ after }) => holdsData(after));
  // A StatefulSet that does not exist was deleted by a run that was interrupted, or takes the claims that an earlier one has left.
  const anew = new Set([
    ...added.map(idOf),
    ...lost.filter((refusal) => !impossible.includes(refusal)).map(({ after }) => idOf(after)),
  ]);
  const isRenewed = (object: Manifest) => (name: string) =>
    empty.has(name) && (anew.has(idOf(object)) || growing.has(name));
  const isWithoutData = ({ after }: Refusal) =>
    after.kind === 'StatefulSet' &&
    !holdsData(after) &&
    (anew.has(idOf(after)) || namesOf(after).some(isRenewed(after)));
  return {
    renewed: new Set(rendered.flatMap((object) => namesOf(object).filter(isRenewed(object)))),
    refusals: refusals
      .filter(
        (refusal) => refusal.after.kind === 'StatefulSet' || !lost.includes(refusal) || impossible.includes(refusal),
      )
      .map((refusal) => (isWithoutData(refusal) ? { ...refusal, remedy: 'recreate' } : refusal)),
    impossible,
  };
}

const hasNoVolume = ({ spec }: Manifest): boolean => at(spec, 'volumeName') === undefined;
