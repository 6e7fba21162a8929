import { chooseCluster } from './context';
import { desiredState } from './doctor/desired-state';
import { diagnoseStart } from './doctor/diagnose';
import { expectedOf } from './expected';
import { forwardsOf } from './forward';
import type { Controller } from './objects';
import { hasNamespace } from './preflight';
import { printAddresses, printFindings } from './report';
import { podsOf, readState, type State } from './state';
import { say, VerbError } from './terminal';
import type { VerbInput } from './up';

/**
 * `monitor-status`: a line for each workload and claim, then each problem with its cause and the next step.
 * @returns whether everything is healthy
 * @throws VerbError if the namespace does not exist
 */
export async function status({ root, config, settings, variables }: VerbInput): Promise<boolean> {
  const { kubectl, context } = await chooseCluster(root, settings);
  const { namespace, environment } = config;
  if (!(await hasNamespace(kubectl, namespace))) {
    throw new VerbError([
      { what: `There is no namespace ${namespace} in ${context}.`, fix: kubectl.commands.make('monitor-up') },
    ]);
  }
  const expected = expectedOf(config);
  const desired = desiredState(expected, kubectl.commands);
  const state = await readState(kubectl, desired);
  const findings = diagnoseStart(desired, state);
  say(`${environment} in namespace ${namespace} of ${context}`);
  for (const row of rowsOf(state)) say(`  ${row}`);
  say();
  if (findings.length > 0) {
    say(findings.length === 1 ? '1 problem:' : `${findings.length} problems:`);
    await printFindings(kubectl, findings);
    return false;
  }
  say(`Everything is healthy. ${kubectl.commands.make('monitor-up')} forwards these ports:`);
  printAddresses(kubectl.commands, expected, forwardsOf(expected, variables), state.secrets);
  return true;
}

function rowsOf(state: State): string[] {
  const rows = [
    ...state.controllers.map((controller) => [controller.metadata.name, controller.kind, readiness(controller, state)]),
    ...state.claims.map(({ metadata, status: { phase = 'unknown', capacity } = {} }) => [
      metadata.name,
      'claim',
      [phase, capacity?.storage].filter(Boolean).join(' '),
    ]),
  ];
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function readiness(controller: Controller, state: State): string {
  const { spec, status: { readyReplicas = 0 } = {} } = controller;
  const restarts = podsOf(state, controller)
    .flatMap(({ status: { containerStatuses = [] } = {} }) => containerStatuses)
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
  return `${readyReplicas}/${spec.replicas ?? 1} ready${restarts === 0 ? '' : `, ${restarts} restarts`}`;
}
