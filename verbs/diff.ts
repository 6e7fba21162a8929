import { objectsToApply } from './apply';
import { commandOf, reportOf } from './changes/report';
import { terminalText } from './changes/text';
import { chooseCluster } from './context';
import { expectedOf } from './expected';
import { storageClassesOf } from './live/carry-out';
import { compare } from './live/compare';
import { upgradeOf } from './live/upgrade';
import { outsideNotes } from './outside';
import { missingPermissions } from './permissions';
import { say, VerbError } from './terminal';
import type { VerbInput } from './up';

/**
 * `monitor-diff`: what `monitor-up` would change in the cluster. It changes nothing.
 * @returns whether `monitor-up` would carry it out
 */
export async function diff({ root, config, settings }: VerbInput): Promise<boolean> {
  const { kubectl, context, server } = await chooseCluster(root, settings);
  const expected = expectedOf(config);
  const { problems: missing, skipsClusterScope } = await missingPermissions(kubectl, expected);
  if (missing.length > 0) throw new VerbError(missing);
  for (const note of await outsideNotes(kubectl, expected)) say(note);
  const rendered = await objectsToApply(kubectl, expected, skipsClusterScope);
  const comparison = await compare(kubectl, expected, rendered);
  const { impact, steps, problems } = upgradeOf(
    comparison,
    rendered,
    await storageClassesOf(kubectl),
    kubectl.commands,
  );
  const report = reportOf({ name: config.environment }, impact, kubectl.commands);
  const before = steps.map((step) => commandOf(step, kubectl.commands));
  const title = `${config.environment} in namespace ${config.namespace} of ${context} (${server})`;
  process.stdout.write(terminalText({ ...report, before }, title));
  for (const claim of comparison.unusedClaims)
    say(`  unused   PersistentVolumeClaim/${claim}: it stays, with its data`);
  if (steps.length > 0) say(`\n${kubectl.commands.make('monitor-up')} would do first:`);
  for (const { what } of steps) say(`  ${what}`);
  if (problems.length > 0) say(`\n${kubectl.commands.make('monitor-up')} would refuse:`);
  for (const { what, fix } of problems) say(`  ${what}\n    fix  ${fix}`);
  return problems.length === 0;
}
