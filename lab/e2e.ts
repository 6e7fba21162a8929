/** `make e2e`: tests the stack in a cluster, the lab's unless `E2E_CONTEXT` names another one for tests. */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildLab } from './build';
import { programPath, ROOT } from './cache';
import { endWithCluster, LAB_KUBECONFIG, labDown, labLogs, labUp } from './cluster/lab-cluster';
import { ask, since, type Variables } from './commands';

const REPORTS = join(ROOT, 'reports/e2e');

/** The environment of kubectl and the tests. */
const labVariables = (): Variables => ({
  E2E_CONTEXT: 'lab',
  E2E_LAB: 'yes',
  KUBECONFIG: LAB_KUBECONFIG,
  PATH: `${dirname(programPath('kubectl'))}:${process.env.PATH}`,
});

/** Runs the tests; `E2E_SUITE` names another npm script with tests for a cluster. @returns whether they passed */
export async function e2e(): Promise<boolean> {
  rmSync(REPORTS, { recursive: true, force: true });
  const context = process.env.E2E_CONTEXT ?? '';
  if (context !== '') return tests({ E2E_CONTEXT: context });
  await buildLab();
  const stop = () => {
    labDown().finally(() => process.exit(130));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    await labUp();
    return await tests(labVariables());
  } finally {
    const start = Date.now();
    await labDown();
    console.log(`the lab is down (${since(start)})`);
  }
}

async function tests(variables: Variables): Promise<boolean> {
  const env = { ...process.env, ...variables };
  const isLab = variables.E2E_LAB === 'yes';
  const script = process.env.E2E_SUITE ?? 'test:e2e';
  const child = spawn('npm', ['run', '--silent', script], { cwd: ROOT, env, stdio: 'inherit', detached: isLab });
  if (isLab && child.pid !== undefined) endWithCluster(child.pid, ROOT);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code === 0) return true;
  await writeReport(variables);
  console.error(`FAILED: events, manifests and logs of the cluster are in ${REPORTS}`);
  return false;
}

/** Saves events, manifests and logs, to analyse a failure when the cluster is gone. */
async function writeReport(variables: Variables): Promise<void> {
  mkdirSync(join(REPORTS, 'logs'), { recursive: true });
  const kubectl = async (...args: readonly string[]) =>
    (await ask('kubectl', ['--context', variables.E2E_CONTEXT ?? '', ...args], { env: variables })).output;
  const files = {
    'events.txt': ['get', 'events', '-A', '--sort-by=.lastTimestamp'],
    'objects.txt': ['get', 'all,pvc,pv,networkpolicies', '-A', '-o', 'wide'],
    'pods.txt': ['describe', 'pods', '-A'],
    // Without Secrets.
    'manifests.yaml': ['get', 'deployments,statefulsets,services,configmaps,pods,pvc', '-A', '-o', 'yaml'],
  };
  for (const [file, args] of Object.entries(files)) writeFileSync(join(REPORTS, file), await kubectl(...args));
  const pods = await kubectl(
    'get',
    'pods',
    '-A',
    '--no-headers',
    '-o',
    'custom-columns=:metadata.namespace,:metadata.name',
  );
  for (const line of pods.trim().split('\n')) {
    const [namespace = '', pod = ''] = line.trim().split(/\s+/);
    const logs = ['-n', namespace, 'logs', pod, '--all-containers', '--tail=2000'];
    writeFileSync(join(REPORTS, 'logs', `${namespace}-${pod}.log`), await kubectl(...logs));
    const previous = await kubectl(...logs, '--previous');
    if (!previous.startsWith('Error'))
      writeFileSync(join(REPORTS, 'logs', `${namespace}-${pod}.previous.log`), previous);
  }
  if (variables.E2E_LAB === 'yes') {
    for (const [name, log] of labLogs()) writeFileSync(join(REPORTS, 'logs', `lab-${name}.log`), log);
  }
}
