import { columns } from './columns';
import { chooseCluster } from './context';
import { desiredState } from './doctor/desired-state';
import { diagnose } from './doctor/diagnose';
import type { Finding } from './doctor/finding';
import { readSurvey } from './doctor/read';
import { expectedOf } from './expected';
import { forwardsOf } from './forward';
import type { Kubectl } from './kubectl';
import { requireNamespace } from './namespaces';
import type { Controller } from './objects';
import { printAddresses, printFindings } from './report';
import { podsOf, type State } from './state';
import { say } from './terminal';
import { type VerbInput, withDebugging } from './up';

/**
 * `monitor-status`: a line for each workload and claim, then each problem with its cause and the next step.
 * @returns whether everything is healthy
 * @throws VerbError if the namespace does not exist
 */
export async function status({ root, config, settings, variables, signal }: VerbInput): Promise<boolean> {
  const cluster = await chooseCluster(root, settings);
  const { kubectl, context } = cluster;
  const { namespace, environment } = config;
  await requireNamespace(cluster, namespace);
  const expected = expectedOf(config);
  const desired = desiredState(expected, kubectl.commands);
  const state = await readSurvey(kubectl, desired, signal);
  const findings = diagnose(desired, state, () => expectedOf(withDebugging(config)).workloads);
  say(`${environment} in namespace ${namespace} of ${context}`);
  for (const row of rowsOf(state)) say(`  ${row}`);
  say();
  const problems = findings.filter(({ isRemark }) => isRemark !== true);
  const remarks = findings.filter(({ isRemark }) => isRemark === true);
  await printAll(kubectl, 'problem', problems);
  if (problems.length > 0 && remarks.length > 0) say();
  await printAll(kubectl, 'remark', remarks);
  if (problems.length > 0) return false;
  if (remarks.length > 0) say();
  say(`Everything is healthy. ${kubectl.commands.make('monitor-up')} forwards these ports:`);
  printAddresses(kubectl.commands, expected, forwardsOf(expected, variables), state.secrets);
  return true;
}

async function printAll(kubectl: Kubectl, what: string, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  say(findings.length === 1 ? `1 ${what}:` : `${findings.length} ${what}s:`);
  await printFindings(kubectl, findings);
}

function rowsOf(state: State): readonly string[] {
  return columns([
    ...state.controllers.map((controller) => [controller.metadata.name, controller.kind, readiness(controller, state)]),
    ...state.claims.map(({ metadata, status: { phase = 'unknown', capacity } = {} }) => [
      metadata.name,
      'claim',
      [phase, capacity?.storage].filter(Boolean).join(' '),
    ]),
  ]);
}

function readiness(controller: Controller, state: State): string {
  const { spec, status: { readyReplicas = 0 } = {} } = controller;
  const restarts = podsOf(state, controller)
    .flatMap(({ status: { containerStatuses = [] } = {} }) => containerStatuses)
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
  return `${readyReplicas}/${spec.replicas ?? 1} ready${restarts === 0 ? '' : `, ${restarts} restarts`}`;
}
