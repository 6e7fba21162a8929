/** The steps of an upgrade before the objects are applied: said, then done. */
import type { Manifest } from '../../stack/checks/manifest';
import { rowsOf } from '../changes/rows';
import type { Kubectl } from '../kubectl';
import { KubectlError } from '../kubectl-error';
import { say, VerbError } from '../terminal';
import type { Comparison } from './compare';
import { type Classes, type Upgrade, upgradeOf } from './upgrade';

/** How long an object may take to be gone, in seconds: a pod may take five minutes to stop. */
const DELETION_SECONDS = 400;

/**
 * The steps, which are not carried out.
 * @throws VerbError if data would be lost or the API server would refuse the rest
 */
export async function plannedUpgrade(
  kubectl: Kubectl,
  comparison: Comparison,
  rendered: readonly Manifest[],
): Promise<Omit<Upgrade, 'problems'>> {
  const { problems, ...planned } = upgradeOf(comparison, rendered, await storageClassesOf(kubectl), kubectl.commands);
  if (problems.length > 0) throw new VerbError(problems);
  return planned;
}

/**
 * Says what restarts and where data is left behind, and carries out what must come before an apply.
 * @throws VerbError before anything is changed, if data would be lost or the API server would refuse the rest
 */
export async function prepareUpgrade(
  kubectl: Kubectl,
  comparison: Comparison,
  rendered: readonly Manifest[],
): Promise<void> {
  const { impact, steps } = await plannedUpgrade(kubectl, comparison, rendered);
  for (const { severity, object, what, next } of rowsOf(impact))
    if (severity === 'data' || severity === 'restart') say(`${object}: ${what}${next === '' ? '' : `; ${next}`}`);
  for (const { what } of steps) say(what);
  for (const { args } of steps) await carryOut(kubectl, args);
}

/** An object that was to be waited for may be gone already. */
async function carryOut(kubectl: Kubectl, args: readonly string[]): Promise<void> {
  const { code, stderr } = await kubectl.run(withTimeout(args));
  if (code === 0 || (args[0] === 'wait' && stderr.includes('(NotFound)'))) return;
  throw new KubectlError(args, stderr);
}

/** Deletions wait until the object is gone, so that the apply creates it anew. */
const withTimeout = (args: readonly string[]): readonly string[] =>
  args[0] === 'patch' ? args : [...args, `--timeout=${DELETION_SECONDS}s`];

/** The StorageClasses; null without the permission to list them: the API server then decides. */
export async function storageClassesOf(kubectl: Kubectl): Promise<Classes> {
  const answer = await kubectl.allowed(['get', 'storageclass', '-o', 'json', '--request-timeout=10s']);
  if (answer === null) return null;
  type Item = { readonly metadata: { readonly name: string }; readonly allowVolumeExpansion?: boolean };
  const { items } = JSON.parse(answer) as { readonly items: readonly Item[] };
  return new Map(items.map((item) => [item.metadata.name, item]));
}
