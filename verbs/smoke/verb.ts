import { CHECK_TITLES } from '../../charts/smoke/names';
import { chooseCluster } from '../context';
import { desiredState } from '../doctor/desired-state';
import { diagnose } from '../doctor/diagnose';
import type { Finding } from '../doctor/finding';
import { readSurvey } from '../doctor/read';
import { type Expected, expectedOf } from '../expected';
import { type Forward, forwardsOf } from '../forward';
import { requireNamespace } from '../namespaces';
import { say, VerbError } from '../terminal';
import { type VerbInput, withDebugging } from '../up';
import { CheckCauses } from './causes';
import { datasources } from './datasources';
import { type JobResult, runJob, scriptOf } from './job';
import { clockOfThisMachine, forwardedPorts, unchecked } from './own-checks';
import { type Line, linesOf, type Row } from './row';
import { printRows } from './table';
import { scrapeErrors } from './targets';
import type { TestRun } from './test-run';

/** The variables of the Job: names of the checks, addresses, seconds. */
type JobVariables = ReadonlyMap<string, string>;

/**
 * `monitor-test`: runs the Job of the smoke test, adds what only this machine can check, and prints a table: check, verdict, cause, next
 * step.
 * @returns whether every check passed
 * @throws VerbError if the stack is not there, or has no smoke test
 */
export async function smokeTest({ root, config, settings, variables, signal }: VerbInput): Promise<boolean> {
  const expected = expectedOf(config);
  const ofJob = requireJob(expected);
  const cluster = await chooseCluster(root, settings);
  await requireNamespace(cluster, config.namespace);
  const { kubectl, context } = cluster;
  const note = (line: string) => settings.format === 'table' && say(line);
  note(`${config.environment} in namespace ${config.namespace} of ${context}`);
  const run: TestRun = { kubectl, desired: desiredState(expected, kubectl.commands), expected, signal };
  const [result, ownRows] = await Promise.all([
    runJob(run, (name) =>
      note(`Job ${name} checks the stack from inside, each check for up to ${ofJob.get('WAIT')} s`),
    ),
    ownChecks(run, forwardsOf(expected, variables)),
  ]);
  const findings = await problemsOf(run);
  const rows = [
    ...[...findings, ...(result.problem === null ? [] : [result.problem])].map(rowOf),
    ...(await jobRows(run, ofJob, findings, result)),
    ...ownRows,
  ];
  signal.throwIfAborted();
  printRows(rows, config.smokeTest.skip, settings.format);
  return rows.every(({ verdict }) => verdict === 'passed');
}

/** @throws VerbError if the environment has no smoke test */
function requireJob(expected: Expected): JobVariables {
  const env = scriptOf(expected)?.env;
  if (env !== undefined) return new Map(env.map(({ name, value = '' }) => [name, value]));
  const { environment } = expected.config;
  const what = `The environment ${environment} has no smoke test.`;
  throw new VerbError([{ what, fix: `smokeTest.enabled: true in environments/${environment}.yaml` }]);
}

const ownChecks = async (run: TestRun, forwards: readonly Forward[]): Promise<readonly Row[]> => [
  await forwardedPorts(run, forwards),
  await datasources(run),
  await clockOfThisMachine(run),
];

/** What `monitor-status` finds, without its remarks. */
async function problemsOf({ kubectl, desired, expected: { config }, signal }: TestRun): Promise<readonly Finding[]> {
  const survey = await readSurvey(kubectl, desired, signal);
  const findings = diagnose(desired, survey, () => expectedOf(withDebugging(config)).workloads);
  return findings.filter(({ isRemark }) => isRemark !== true);
}

const rowOf = (finding: Finding): Row => ({ check: finding.part, verdict: 'FAILED', found: '', finding });

/** A row for each check of the Job, in their order; those that it did not come to are not checked. */
async function jobRows(
  run: TestRun,
  ofJob: JobVariables,
  findings: readonly Finding[],
  { log }: JobResult,
): Promise<readonly Row[]> {
  const { desired, expected } = run;
  const causes = new CheckCauses(desired, expected, ofJob, findings);
  const lines = new Map<string, Line>(linesOf(log).map((line) => [line.name, line]));
  // Why a target is down is shown, and decides nothing: a name that Prometheus cannot resolve may be one of the sender's namespace.
  const errors = lines.get('targets')?.verdict === 'FAILED' ? await scrapeErrors(run) : [];
  return (ofJob.get('CHECKS') ?? '').split(' ').map((name) => {
    const line = lines.get(name);
    const check = CHECK_TITLES[name as keyof typeof CHECK_TITLES] ?? name;
    if (line === undefined) return unchecked(desired, name, check, 'the Job ended before');
    const { verdict } = line;
    const found = [line.found, ...(name === 'targets' ? errors : [])].join('; ');
    return verdict === 'passed'
      ? { check, verdict, found }
      : { check, verdict, found, finding: causes.findingOf(line) };
  });
}
