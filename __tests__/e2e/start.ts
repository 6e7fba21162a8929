/** How long the workloads took to become ready: printed, and written to `reports/start.json`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PodTimes, startsOf, startText } from '../../lab/start-times';
import { labelSelector, PART_OF } from '../../lib/labels';
import { kubectl } from '../cluster/cluster';
import { ROOT } from '../support';
import { list, note } from './stack';

interface Workload {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly replicas?: number };
}

/**
 * Reads the times once everything is ready. The apply began when its first object, the Namespace, was created: on the cluster's clock, which
 * need not be this machine's.
 * @param seenSeconds from before the apply until all was seen to be ready, by this machine's clock
 */
export function reportStart(namespace: string, seenSeconds: number): void {
  const ours = ['-l', labelSelector({ 'app.kubernetes.io/part-of': PART_OF })];
  const applied = kubectl(['get', 'namespace', namespace, '-o', 'jsonpath={.metadata.creationTimestamp}']);
  const starts = startsOf(list<PodTimes>(namespace, 'pods', ...ours), applied);
  const notMeasured = list<Workload>(namespace, 'deployments,statefulsets', ...ours)
    .filter(({ spec }) => spec.replicas === 0)
    .map(({ metadata }) => metadata.name);
  process.stdout.write(
    `${startText(starts)}all was seen to be ready ${seenSeconds.toFixed(1)} s after kubectl apply began\n`,
  );
  for (const name of notMeasured) process.stdout.write(`NOT MEASURED: ${name}, which has no pods here\n`);
  mkdirSync(join(ROOT, 'reports'), { recursive: true });
  const report = { applied, seenSeconds, starts, notMeasured };
  writeFileSync(join(ROOT, 'reports/start.json'), `${JSON.stringify(report, null, 2)}\n`);
  note(
    'apply to ready, slowest first, seconds',
    Object.fromEntries(starts.map(({ workload, seconds }) => [workload, seconds])),
  );
}
