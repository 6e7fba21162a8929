/** Mistakes made on purpose, in groups, each of which monitor-status must name with its cause; and none on a healthy stack. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanAtEnd, clusterRights, kubectl } from '../cluster/cluster';
import { accountWith } from '../cluster/kubeconfigs';
import { ROOT } from '../support';
import { diagnose, notMade, results } from './mistakes/mistake';
import {
  DRIFT_MISTAKES,
  makeClock,
  makeDrift,
  makeNeighbours,
  NEIGHBOUR_MISTAKES,
  removeClock,
  undoDrift,
} from './mistakes/neighbours';
import { makePods, makeRuns, POD_MISTAKES, REGISTRY_MISTAKES, RUN_MISTAKES, undoRuns } from './mistakes/pods';
import { startRegistry } from './mistakes/registry';
import { makeSenders, SENDER_MISTAKES } from './mistakes/senders';
import { JAN, NAMESPACE, OTHER, PROJECT, status } from './mistakes/stack';
import {
  breakClaims,
  breakSecrets,
  CLAIM_MISTAKES,
  createSecrets,
  removeVolumes,
  SECRET_MISTAKES,
  STRICT,
} from './mistakes/storage';
import { up } from './stack';

const IS_LAB = process.env.E2E_LAB === 'yes';
const NAMESPACES = [NAMESPACE, JAN, OTHER];

beforeAll(() => {
  const found = kubectl(['get', 'namespace', ...NAMESPACES, '--ignore-not-found', '-o', 'name']).trim();
  if (found !== '') throw new Error(`these tests make and delete ${found.replaceAll('\n', ', ')}, which exist already`);
});

afterAll(() => {
  removeClock();
  const rights = clusterRights(NAMESPACE);
  if (rights.length > 0) kubectl(['delete', ...rights]);
  cleanAtEnd(...NAMESPACES);
  removeVolumes();
});

const nothing = async (project = PROJECT) => {
  const { code, output, findings } = await status(project);
  if (code !== 0 || findings.length > 0) throw new Error(output);
};

test('a stack without Jan Server is healthy, with one remark', async () => {
  await up(PROJECT);
  const { code, output, findings } = await status();
  expect({ code, findings: findings.map(({ part, id }) => `${part} ${id}`) }).toEqual({
    code: 0,
    findings: [`Namespace/${JAN} target-namespace-missing`],
  });
  expect(output).toMatch(/Everything is healthy/);
});

test('nothing is said about a healthy stack', async () => {
  for (const namespace of [JAN, OTHER]) kubectl(['create', 'namespace', namespace]);
  await up(PROJECT);
  await nothing();
});

test('what an administrator of the namespace may not read is no pass, and no mistake', async () => {
  const KUBECONFIG = accountWith('e2e-mistakes', NAMESPACE, 'admin');
  const { code, output, findings } = await status(PROJECT, { KUBECONFIG, CONTEXT: 'e2e-mistakes', YES: '1' });
  expect(output).not.toMatch(/Everything is healthy/);
  expect([code, [...new Set(findings.map(({ id }) => id))]]).toEqual([1, ['not-permitted']]);
  expect(findings.map(({ cause }) => cause)).toContain('not checked: workloads that send telemetry');
});

test('senders, what is around the stack, and changes by hand', async () => {
  makeSenders();
  makeNeighbours();
  makeDrift();
  // The cluster soon removes a pod whose node does not exist.
  await diagnose([...SENDER_MISTAKES, ...NEIGHBOUR_MISTAKES, ...DRIFT_MISTAKES], { again: makeClock });
  undoDrift();
  removeClock();
  for (const namespace of [JAN, OTHER]) {
    kubectl(['-n', namespace, 'delete', 'deployments,services,networkpolicies,pods', '--all', '--wait=false']);
  }
  await up(PROJECT);
});

test('pods that do not start', async () => {
  await nothing();
  const registry = IS_LAB ? await startRegistry() : null;
  makePods(registry?.host ?? null);
  await diagnose([...(registry === null ? [] : REGISTRY_MISTAKES), ...POD_MISTAKES]);
  if (registry === null) notMade(REGISTRY_MISTAKES);
  registry?.server.close();
  await up(PROJECT);
});

test('pods that do not run, or are not created', async () => {
  await makeRuns();
  await diagnose(RUN_MISTAKES);
  undoRuns();
  createSecrets();
  await up(STRICT);
});

test('Secrets, a receiver that is down, and claims', async () => {
  breakSecrets();
  await diagnose(SECRET_MISTAKES, { project: STRICT, seconds: 240 });
  if (!IS_LAB) return notMade(CLAIM_MISTAKES);
  await breakClaims();
  await diagnose(CLAIM_MISTAKES, { project: STRICT, seconds: 180, standing: SECRET_MISTAKES });
});

test('at least 28 of every 30 are diagnosed, and nothing else is said', () => {
  const { diagnosed, wrong } = results();
  const found = diagnosed.filter(({ verdict }) => verdict === 'found');
  mkdirSync(join(ROOT, 'reports'), { recursive: true });
  const report = { made: diagnosed.length, found: found.length, wrong, mistakes: diagnosed };
  writeFileSync(join(ROOT, 'reports/mistakes.json'), `${JSON.stringify(report, null, 2)}\n`);
  for (const { verdict, what, part, id } of diagnosed)
    process.stdout.write(`${verdict.padEnd(8)}  ${id.padEnd(26)}  ${what} (${part})\n`);
  process.stdout.write(`${found.length} of ${diagnosed.length} mistakes diagnosed, ${wrong.length} wrong findings\n`);
  expect(wrong).toEqual([]);
  expect(diagnosed.length).toBeGreaterThanOrEqual(30);
  expect(found.length / diagnosed.length).toBeGreaterThanOrEqual(28 / 30);
});
