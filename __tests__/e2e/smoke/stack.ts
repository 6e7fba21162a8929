/** The stack of these tests, in a namespace of its own. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Row } from '../../../verbs/smoke/row';
import { run, stackIn } from '../../cluster/cluster';
import { ROOT } from '../../support';
import { LIGHT, over } from '../stack';
import { GRAFANA } from './grafana';

/** Its namespace. */
export const NAMESPACE = 'e2e-smoke';

/** Prometheus writes no stale marker for the targets of a job that is removed: their last samples are found for five minutes, here for less. */
const LOOKBACK = { op: 'add', path: '/spec/template/spec/containers/0/args/-', value: '--query.lookback-delta=90s' };

// Checks wait for two scrapes.
const QUICK = over(LIGHT, {
  prometheus: { scrapeInterval: '5s', evaluationInterval: '5s' },
  patches: [{ kind: 'Deployment', name: 'prometheus', json: [LOOKBACK] }, ...GRAFANA],
});

/** A stack on which every check passes. */
export const well = stackIn(NAMESPACE, stringify({ janServer: null, ...QUICK }));

/** The same with a service that is not there, and a rule that cannot be evaluated. */
export const broken = stackIn(
  NAMESPACE,
  stringify({
    janServer: { namespace: 'e2e-smoke-jan', discovery: 'static', services: [{ name: 'shop', port: 8080 }] },
    ...QUICK,
  }),
);
mkdirSync(join(broken.root, 'rules'));
writeFileSync(
  join(broken.root, 'rules', 'broken.yaml'),
  stringify({ groups: [{ name: 'e2e', rules: [{ record: 'e2e:broken', expr: 'up * on () group_left () up' }] }] }),
);

/** Renders a project, as `cdk8s synth` does. @returns the folder of its environment */
export function rendered(root: string): string {
  const outdir = mkdtempSync(join(tmpdir(), 'e2e-smoke-'));
  const env = { ...process.env, CDK8S_OUTDIR: outdir };
  execFileSync(process.execPath, [join(ROOT, 'scripts/app.js'), 'main.ts'], { cwd: root, env, stdio: 'pipe' });
  return join(outdir, 'test');
}

/** monitor-test: its exit code, and its rows by check. */
export async function tested(root: string) {
  const { code, output } = await run(root, 'test', { FORMAT: 'json' });
  const start = output.indexOf('{');
  if (start < 0) throw new Error(output);
  const { rows } = JSON.parse(output.slice(start)) as { rows: readonly Row[] };
  return { code, rows: new Map(rows.map((row) => [row.check, row])) };
}

/** The checks that did not pass, with the object or check that is the cause. */
export const failuresOf = (rows: ReadonlyMap<string, Row>) =>
  Object.fromEntries(
    [...rows.values()].flatMap(({ check, verdict, finding }) =>
      verdict === 'passed' ? [] : [[check, `${finding?.part} ${finding?.id}`]],
    ),
  );
