/** The stack under test: the environment `development`, in a project folder of its own. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { kubectl, run, start, until } from '../cluster/cluster';
import { ROOT } from '../support';

/** Namespaces of development. */
export const NAMESPACE = 'jan-monitoring';
export const JAN = 'jan-server';

/** The lab has no image of Grafana: there its Deployment has no pods. Other clusters pull it. */
export const HAS_GRAFANA = process.env.E2E_LAB !== 'yes';
/** The one key over development's file; none where Grafana runs. */
export const OVERLAY = HAS_GRAFANA
  ? {}
  : { patches: [{ kind: 'Deployment', name: 'grafana', json: [{ op: 'replace', path: '/spec/replicas', value: 0 }] }] };

const ENVIRONMENT = 'development';

type Keys = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Keys =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys over others, objects merged. */
export const over = (one: Keys, other: Keys): Keys => ({
  ...one,
  ...Object.fromEntries(
    Object.entries(other).map(([key, value]) => {
      const below = one[key];
      return [key, isObject(below) && isObject(value) ? over(below, value) : value];
    }),
  ),
});

/** Little CPU, for stacks that run beside others on a small node. */
export const LIGHT: Keys = Object.fromEntries(
  ['collector', 'prometheus', 'jaeger', 'grafana', 'alertmanager', 'kubeStateMetrics'].map((component) => [
    component,
    { resources: { cpu: '10m' } },
  ]),
);

/** A project with development's file and what it refers to, and some keys over it. */
export function projectWith(...keys: readonly Keys[]): string {
  const root = mkdtempSync(join(tmpdir(), 'e2e-'));
  for (const folder of ['dashboards', 'rules', 'sampling'])
    cpSync(join(ROOT, folder), join(root, folder), { recursive: true });
  mkdirSync(join(root, 'environments'));
  const file = join('environments', `${ENVIRONMENT}.yaml`);
  const development = parse(readFileSync(join(ROOT, file), 'utf8')) as Keys;
  writeFileSync(join(root, file), stringify(keys.reduce(over, development)));
  return root;
}

/** Renders a project, as `cdk8s synth` does. @returns the environment's folder */
export function render(root: string, environment = ENVIRONMENT): string {
  const outdir = mkdtempSync(join(tmpdir(), 'e2e-dist-'));
  const env = { ...process.env, CDK8S_OUTDIR: outdir };
  execFileSync(process.execPath, [join(ROOT, 'scripts/app.js'), 'main.ts'], { cwd: root, env, stdio: 'pipe' });
  return join(outdir, environment);
}

type Variables = Readonly<Record<string, string>>;

/** A verb in a project, to its end. */
export const verb = (root: string, name: string, variables: Variables = {}) =>
  run(root, name, { ENVIRONMENT, TIMEOUT: '240', ...variables });

/** A verb that runs on. */
export const startVerb = (root: string, name: string, variables: Variables = {}) =>
  start(root, name, { ENVIRONMENT, TIMEOUT: '240', ...variables });

/** monitor-up, which must end well. */
export async function up(root: string): Promise<string> {
  const { code, output } = await verb(root, 'up');
  if (code !== 0) throw new Error(output);
  return output;
}

interface Workload {
  readonly metadata: { readonly name: string; readonly generation: number };
  readonly spec: { readonly replicas: number };
  readonly status: {
    readonly observedGeneration?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
  };
}

const isReady = ({ metadata, spec, status }: Workload) =>
  (status.observedGeneration ?? 0) >= metadata.generation &&
  (status.updatedReplicas ?? 0) === spec.replicas &&
  (status.readyReplicas ?? 0) === spec.replicas;

/** JSON of objects in a namespace. */
export const list = <Item>(namespace: string, ...what: readonly string[]): readonly Item[] =>
  (JSON.parse(kubectl(['-n', namespace, 'get', ...what, '-o', 'json'])) as { items: readonly Item[] }).items;

/** Waits until every workload of a namespace is ready. */
export const ready = (namespace: string, count = 6, seconds = 240): Promise<void> =>
  until(
    () => {
      const workloads = list<Workload>(namespace, 'deployments,statefulsets');
      return workloads.length === count && workloads.every(isReady);
    },
    `every workload of ${namespace} to be ready`,
    seconds,
  );

/** What the run has measured, printed and written at its end. */
const figures: Record<string, unknown> = {};

/** Notes a figure of the report. */
export const note = (name: string, figure: unknown): void => {
  figures[name] = figure;
};

/** Writes the report, and prints it. @param name of its file in `reports/`, which no other file of tests writes */
export function writeReport(name: string): void {
  const folder = join(ROOT, 'reports');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`);
  process.stdout.write(
    `${Object.entries(figures)
      .map(([name, figure]) => `  ${name}: ${JSON.stringify(figure)}`)
      .join('\n')}\n`,
  );
}
