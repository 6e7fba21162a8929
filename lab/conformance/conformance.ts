/** `make conformance`: the real programs judge `dist/` as it is committed. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildStack } from '../../stack/apps';
import { loadEnvironment } from '../../stack/load';
import { since } from '../commands';
import { type Kubectl, startApiServer } from './api-server';
import { baseOf, judgeAdmission, listOf } from './judges/admission';
import { judgeAlertmanager } from './judges/alertmanager';
import { judgeCollector } from './judges/collector';
import { judgeGrafana } from './judges/grafana';
import { judgeJaegerByProgram, judgeJaegerBySchema } from './judges/jaeger';
import { judgeByCheckov, judgeByKubeScore } from './judges/lint';
import { judgeNetwork } from './judges/network';
import { judgePrometheus } from './judges/prometheus';
import { judgeRights } from './judges/rights';
import { judgeSchemas } from './judges/schemas';
import { type ManifestSet, readManifests } from './manifests';
import { type Row, type Ruling, report, verdictOf } from './verdicts';

/** Judges that need only the files. */
export const FILE_JUDGES: Readonly<Record<string, (set: ManifestSet) => Promise<Ruling>>> = {
  'otelcol validate': judgeCollector,
  'promtool check and test': judgePrometheus,
  'amtool check-config': judgeAlertmanager,
  'jaeger validate, and start': judgeJaegerByProgram,
  'schema of Jaeger 2.20': judgeJaegerBySchema,
  'Grafana: schemas, data sources, queries': judgeGrafana,
  'kubeconform -strict, Kubernetes 1.29 to 1.37': judgeSchemas,
  'NetworkPolicies against configurations': judgeNetwork,
  'kube-score': judgeByKubeScore,
  checkov: judgeByCheckov,
};

/** Judges that need an API server. */
export const SERVER_JUDGES: Readonly<Record<string, (set: ManifestSet, kubectl: Kubectl) => Promise<Ruling>>> = {
  'API server: dry run, pods under restricted': judgeAdmission,
  'API server: permissions of ServiceAccounts': judgeRights,
};

/** An exception in a judge is a failure. */
async function attempt(judge: () => Promise<Ruling>): Promise<Ruling> {
  try {
    return await judge();
  } catch (error) {
    return { judgements: [{ subject: 'the judge', problem: (error as Error).message }] };
  }
}

/** Runs the judges with an API server on a set, after its namespaces and permissions are applied. */
export async function judgeOnServer(set: ManifestSet, kubectl: Kubectl): Promise<Row[]> {
  const base = baseOf(set);
  const rows: Row[] = [];
  const applied = await kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], listOf(base));
  for (const [judge, rule] of Object.entries(SERVER_JUDGES)) {
    const ruling = await attempt(() => {
      if (applied.code !== 0) throw new Error(applied.output.trim());
      return rule(set, kubectl);
    });
    rows.push({ judge, environment: set.environment, ruling });
  }
  // Without controllers nothing deletes a Namespace's content, so Namespaces stay; the next set applies its own levels to them.
  const removed = base.filter(({ kind }) => kind !== 'Namespace');
  await kubectl(['delete', '--ignore-not-found', '--wait=false', '-f', '-'], listOf(removed));
  return rows;
}

async function judgeAllOnServer(sets: readonly ManifestSet[]): Promise<Row[]> {
  const { kubectl, stop } = await startApiServer();
  try {
    const rows: Row[] = [];
    for (const set of sets) rows.push(...(await judgeOnServer(set, kubectl)));
    return rows;
  } finally {
    await stop();
  }
}

const alertsOf = (root: string, environment: string) =>
  buildStack(loadEnvironment(root, environment), 'unused').rules.alerts;

/** Runs the judges of files on a set. */
export async function judgeFiles(set: ManifestSet): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [judge, rule] of Object.entries(FILE_JUDGES)) {
    rows.push({ judge, environment: set.environment, ruling: await attempt(() => rule(set)) });
  }
  return rows;
}

/**
 * Judges every environment of a folder; its subfolders are named after the environments.
 * @param root the project's folder, with the files of the environments
 * @returns whether nothing failed
 */
export async function conformance(folder: string, root: string): Promise<boolean> {
  const start = Date.now();
  const sets = readdirSync(folder)
    .sort()
    .map((name) => readManifests(join(folder, name), alertsOf(root, name)));
  const byFiles = Promise.all(sets.map(judgeFiles));
  const byServer = judgeAllOnServer(sets);
  const rows = [...(await byFiles).flat(), ...(await byServer)];
  console.log(report(rows));
  const failed = rows.filter(({ ruling }) => verdictOf(ruling) === 'FAILED').length;
  const passed = sets.length > 0 && failed === 0;
  console.log(
    `${passed ? 'passed' : 'FAILED'}: ${rows.length} rulings on ${sets.length} environments, ${failed} failed (${since(start)})`,
  );
  return passed;
}
