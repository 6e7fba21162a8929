import { CHECK_TITLES } from '../../charts/smoke/names';
import { chooseCluster } from '../context';
import { desiredState } from '../doctor/desired-state';
import { diagnose } from '../doctor/diagnose';
import type { Finding } from '../doctor/finding';
import { readSurvey } from '../doctor/read';
import { expectedOf } from '../expected';
import { type Forward, forwardsOf } from '../forward';
import { hasNamespace } from '../namespaces';
import { say, VerbError } from '../terminal';
import { type VerbInput, withDebugging } from '../up';
import { CheckCauses } from './causes';
import { datasources } from './datasources';
import { type JobResult, runJob, scriptOf } from './job';
import { clockOfThisMachine, forwardedPorts, type OwnChecks, unchecked } from './own-checks';
import { type Line, linesOf, type Row } from './row';
import { printRows } from './table';
import { scrapeErrors } from './targets';

/**
 * `monitor-test`: runs the Job of the smoke test, adds what only this machine can check, and prints a table: check, verdict, cause, next
 * step.
 * @returns whether every check passed
 * @throws VerbError if the stack is not there, or has no smoke test
 */
export async function smokeTest({ root, config, settings, variables, signal }: VerbInput): Promise<boolean> {
  const { kubectl, context } = await chooseCluster(root, settings);
  const { namespace, environment } = config;
  const expected = expectedOf(config);
  const variablesOfJob = new Map(scriptOf(expected)?.env?.map(({ name, value = '' }) => [name, value]));
  if (variablesOfJob.size === 0) throw new VerbError([SWITCHED_OFF(environment)]);
  if (!(await hasNamespace(kubectl, namespace)))
    throw new VerbError([
      { what: `There is no namespace ${namespace} in ${context}.`, fix: kubectl.commands.make('monitor-up') },
    ]);
  const note = (line: string) => settings.format === 'table' && say(line);
  note(`${environment} in namespace ${namespace} of ${context}`);
  const desired = desiredState(expected, kubectl.commands);
  const own: OwnChecks = { kubectl, desired, expected, signal };
  const [result, ownRows] = await Promise.all([
    runJob(kubectl, expected, desired, signal, (name) =>
      note(`Job ${name} checks the stack from inside, each check for up to ${variablesOfJob.get('WAIT')} s`),
    ),
    ownChecks(own, forwardsOf(expected, variables)),
  ]);
  const survey = await readSurvey(kubectl, desired, signal);
  const found = diagnose(desired, survey, () => expectedOf(withDebugging(config)).workloads);
  const findings = found.filter(({ isRemark }) => isRemark !== true);
  const causes = new CheckCauses(desired, expected, variablesOfJob, findings);
  const rows = [
    ...findings.map(rowOf),
    ...(result.problem === null ? [] : [rowOf(result.problem)]),
    ...(await jobRows(own, causes, (variablesOfJob.get('CHECKS') ?? '').split(' '), result)),
    ...ownRows,
  ];
  printRows(rows, config.smokeTest.skip, settings.format);
  return rows.every(({ verdict }) => verdict === 'passed');
}

const ownChecks = async (own: OwnChecks, forwards: readonly Forward[]): Promise<readonly Row[]> => [
  await forwardedPorts(own, forwards),
  await datasources(own),
  await clockOfThisMachine(own),
];

const SWITCHED_OFF = (environment: string) => ({
  what: `The environment ${environment} has no smoke test.`,
  fix: `smokeTest.enabled: true in environments/${environment}.yaml`,
});

const rowOf = (finding: Finding): Row => ({ check: finding.part, verdict: 'FAILED', found: '', finding });

/** A row for each check of the Job, in their order; those that it did not come to are not checked. */
async function jobRows(
  own: OwnChecks,
  causes: CheckCauses,
  names: readonly string[],
  { log }: JobResult,
): Promise<readonly Row[]> {
  const lines = new Map<string, Line>(linesOf(log).map((line) => [line.name, line]));
  // Why a target is down is shown, and decides nothing: a name that Prometheus cannot resolve may be one of the sender's namespace.
  const errors = lines.get('targets')?.verdict === 'FAILED' ? await scrapeErrors(own) : [];
  return names.map((name) => {
    const line = lines.get(name);
    const check = CHECK_TITLES[name as keyof typeof CHECK_TITLES] ?? name;
    if (line === undefined) return unchecked(own.desired, name, check, 'the Job ended before');
    const { verdict } = line;
    const found = [line.found, ...(name === 'targets' ? errors : [])].join('; ');
    return verdict === 'passed'
      ? { check, verdict, found }
      : { check, verdict, found, finding: causes.findingOf(line) };
  });
}
