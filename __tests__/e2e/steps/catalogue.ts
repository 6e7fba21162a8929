import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { METRICS } from '../../../metrics/catalogue/index';
import { type Comparison, compare, snapshotOf } from '../../../metrics/compare';
import { EMITTERS, type EmitterName } from '../../../metrics/emitters';
import { comparedWithCapture } from '../../captures';
import { kubectl, until } from '../../cluster/cluster';
import { ROOT } from '../../support';
import { makeObjects, removeObjects } from '../objects';
import { emittedAboutTargets, emittedBy, isScraped, programOf, SCRAPED, versionOfProgram } from '../programs-metrics';
import { note, OVERLAY, projectWith, up } from '../stack';
import { PROJECT } from './first-up';

const entriesOf = (...emitters: readonly EmitterName[]) =>
  METRICS.filter(({ emitter }) => emitters.some((name) => EMITTERS[name] === emitter));

/** Where node-exporter is while the catalogue is compared: it is off in development. */
export const NODES = 'e2e-node-exporter';

async function switchNodeExporterOn(): Promise<void> {
  await up(projectWith(OVERLAY, { nodeExporter: { enabled: true, namespace: NODES } }));
  await until(() => isScraped(programOf('node-exporter')), 'node-exporter to be scraped', 180);
}

async function switchNodeExporterOff(): Promise<void> {
  await up(PROJECT);
  kubectl(['delete', 'namespace', NODES, '--wait', '--timeout=120s']);
}

/** Entries of what does not run here. The pods that stand in for Jan Server's services do not count: they emit what we wrote. */
const absent = (emitters: readonly EmitterName[]): Comparison => ({
  proven: [],
  unproven: entriesOf(...emitters).map((metric) => ({ metric, why: 'it does not run here' })),
  failures: [],
});

/** Where the names and types of a version are kept. E2E_EMITTED=write writes them anew. */
const SNAPSHOTS = join(ROOT, 'metrics', 'emitted');
const mayWrite = process.env.E2E_EMITTED === 'write';

/** Of kube-state-metrics: what none of our objects comes to. */
const NOT_CAUSED = [
  'kube_persistentvolumeclaim_status_condition',
  'kube_deployment_status_terminating_replicas',
  'kube_statefulset_ordinals_start',
  'kube_job_status_suspended',
  // While a container waits between two starts only.
  'kube_pod_container_status_waiting_reason',
];

/** Waits until kube-state-metrics reports the objects. */
async function causeEvents(): Promise<void> {
  const watcher = programOf('kube-state-metrics');
  if (!(await isScraped(watcher))) return;
  makeObjects();
  const caused = entriesOf('kubeStateMetrics').filter(({ name }) => !NOT_CAUSED.includes(name));
  let missing: readonly string[] = [];
  const areReported = async () => {
    const emitted = await emittedBy(watcher);
    missing = caused.filter(({ name }) => !emitted.has(name)).map(({ name }) => name);
    return missing.length === 0;
  };
  await until(areReported, () => `kube-state-metrics to report ${missing.join(', ')}`, 180);
}

/** The catalogue, against every program that runs. */
export function catalogue(): void {
  test('node-exporter, which is off in development, is switched on', switchNodeExporterOn);

  test('objects are in the states that kube-state-metrics reports', causeEvents);

  const compared = new Map<EmitterName, Comparison>();
  const proveAll = (emitters: readonly EmitterName[], comparisonOf: (emitter: EmitterName) => Comparison) => {
    for (const emitter of emitters) compared.set(emitter, comparisonOf(emitter));
    expect(emitters.flatMap((emitter) => compared.get(emitter)?.failures)).toEqual([]);
  };

  test.each(SCRAPED)('$job: what is listed is emitted so', async (program) => {
    if (!(await isScraped(program))) {
      proveAll(program.emitters, (emitter) => absent([emitter]));
      return;
    }
    const [emitted, version] = [await emittedBy(program), versionOfProgram(program)];
    proveAll(program.emitters, (emitter) => compare(entriesOf(emitter), emitted, version));
  });

  test('targets: what is listed is written of each', async () => {
    const emitted = await emittedAboutTargets();
    proveAll(['scrape'], (emitter) => compare(entriesOf(emitter), emitted, null));
  });

  test.each(SCRAPED.filter(({ honoursLabels }) => honoursLabels === undefined))(
    '$job: the names of this version are those that were reviewed',
    async (program) => {
      if (!(await isScraped(program))) return;
      const version = versionOfProgram(program).replace(/^v/, '');
      const file = join(SNAPSHOTS, `${program.job}-${version}.txt`);
      const entries = entriesOf(...program.emitters);
      const listed = new Set(entries.map(({ name }) => name));
      const emitted = [...(await emittedBy(program))].filter(([name]) => !program.tellsOfKernel || listed.has(name));
      const text = snapshotOf(new Map(emitted), entries);
      if (mayWrite) {
        mkdirSync(SNAPSHOTS, { recursive: true });
        writeFileSync(file, text);
      }
      if (existsSync(file)) {
        expect(text).toBe(readFileSync(file, 'utf8'));
        return;
      }
      // The lab's versions are pinned, so that there is a file of each; other clusters may run other versions.
      const name = relative(ROOT, file);
      const message = `${name} is not there: git mv the file of the version before, and E2E_EMITTED=write shows what changed`;
      if (process.env.E2E_LAB === 'yes') throw new Error(message);
      note(`UNPROVEN: names of ${program.job} ${version}`, message);
    },
  );

  test('what was made for this goes again', async () => {
    removeObjects();
    await switchNodeExporterOff();
  });

  test('what is proven, and what is not, is printed', () => {
    const proven = [...compared.values()].flatMap((comparison) => comparison.proven);
    const rest = (Object.keys(EMITTERS) as EmitterName[]).filter((emitter) => !compared.has(emitter));
    // Jan Server's services do not run here. They ran elsewhere, and what they emitted was kept.
    const elsewhere = rest.map((emitter) => comparedWithCapture(emitter) ?? absent([emitter]));
    expect(elsewhere.flatMap(({ failures }) => failures)).toEqual([]);
    const byCapture = elsewhere.flatMap((comparison) => comparison.proven);
    const unproven = [...compared.values(), ...elsewhere].flatMap((comparison) => comparison.unproven);
    expect(proven.length + byCapture.length + unproven.length).toBe(METRICS.length);
    note('catalogue entries proven', proven.length);
    note('catalogue entries proven by a capture of the real program', byCapture.length);
    note('catalogue entries UNPROVEN', unproven.length);
    const reasons = new Map<string, string[]>();
    for (const { metric, why } of unproven) {
      const reason = `${metric.emitter.title}: ${why}`;
      reasons.set(reason, [...(reasons.get(reason) ?? []), metric.name]);
    }
    for (const [reason, names] of reasons) note(`UNPROVEN: ${reason}`, names.length > 5 ? names.length : names);
  });
}
