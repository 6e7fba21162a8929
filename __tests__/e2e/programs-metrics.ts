/** What each running program emits, as Prometheus has it now. */

import { programVersion } from '../../lab/cache';
import { type Emitted, emittedOf, type Metadata } from '../../metrics/emitted';
import type { EmitterName } from '../../metrics/emitters';
import { kubectl } from '../cluster/cluster';
import { prometheusIn } from './apis';
import { NAMESPACE } from './stack';

/** A program whose own metrics are scraped with its own job, or an exporter whose metrics describe other objects. */
export interface ScrapedProgram {
  readonly job: string;
  readonly emitters: readonly EmitterName[];
  /** Its binary in the lab, by whose go.mod its version is known there. */
  readonly binary: string | null;
  /** Its `app.kubernetes.io/name`, by which its version is known elsewhere; null: it is part of the node. */
  readonly pods: string | null;
  /** What it emits depends on the kernel, so that names which the catalogue does not list are not reviewed. */
  readonly tellsOfKernel?: true;
  /** Series have a job of their own, not the target's. */
  readonly honoursLabels?: true;
}

const COLLECTOR = { binary: 'otelcol-contrib', pods: 'otel-collector' } as const;
const NODE = { binary: 'kubelet', pods: null } as const;

/** Those that the catalogue has entries of, and that can run in a cluster of the tests. */
export const SCRAPED: readonly ScrapedProgram[] = [
  { job: 'prometheus', emitters: ['prometheus'], binary: 'prometheus', pods: 'prometheus' },
  { job: 'otel-collector-internal', emitters: ['collector'], ...COLLECTOR },
  { job: 'otel-collector', emitters: ['spanMetrics', 'genAi'], ...COLLECTOR, honoursLabels: true },
  { job: 'jaeger', emitters: ['jaeger'], binary: 'jaeger', pods: 'jaeger' },
  { job: 'grafana', emitters: ['grafana'], binary: null, pods: 'grafana' },
  { job: 'alertmanager', emitters: ['alertmanager'], binary: 'alertmanager', pods: 'alertmanager' },
  {
    job: 'kube-state-metrics',
    emitters: ['kubeStateMetrics'],
    binary: 'kube-state-metrics',
    pods: 'kube-state-metrics',
  },
  { job: 'kubelet', emitters: ['kubelet'], ...NODE },
  { job: 'cadvisor', emitters: ['cadvisor'], ...NODE },
  {
    job: 'node-exporter',
    emitters: ['nodeExporter'],
    binary: 'node_exporter',
    pods: 'node-exporter',
    tellsOfKernel: true,
  },
];

/** One of them. @throws where there is none of that job */
export function programOf(job: string): ScrapedProgram {
  const found = SCRAPED.find((program) => program.job === job);
  if (found === undefined) throw new Error(`no program has the job ${job}`);
  return found;
}

const prometheus = prometheusIn(NAMESPACE);

/** Series that Prometheus itself writes about each target. */
const ABOUT_TARGETS = /^(up|scrape_.+)$/;

/** Whether Prometheus scrapes it, with success. */
export const isScraped = async ({ job }: ScrapedProgram): Promise<boolean> =>
  (await prometheus.value(`min(up{job="${job}"})`)) === 1;

/** What it emits. */
export async function emittedBy({ job, honoursLabels }: ScrapedProgram): Promise<Emitted> {
  const target = new URLSearchParams({ match_target: `{job="${job}"}` });
  const metadata = await prometheus.api<readonly Metadata[]>(`/targets/metadata?${target}`);
  const own = `{job="${job}"}`;
  // An exporter's series have other jobs: they are found by name, among series without a job in this table.
  const names = metadata.map(({ metric }) => `${metric}(_total|_info|_bucket|_sum|_count)?`).join('|');
  const jobs = SCRAPED.map((program) => program.job).join('|');
  const samples = await prometheus.query(honoursLabels ? `{__name__=~"${names}",job!~"${jobs}"}` : own);
  const series = samples.map(({ metric }) => metric).filter(({ __name__ = '' }) => !ABOUT_TARGETS.test(__name__));
  return emittedOf(series, metadata);
}

/** What Prometheus writes about targets. */
export async function emittedAboutTargets(): Promise<Emitted> {
  const samples = await prometheus.query(`{__name__=~"${ABOUT_TARGETS.source.slice(1, -1)}"}`);
  return emittedOf(
    samples.map(({ metric }) => metric),
    [],
  );
}

/** The version that runs. In the lab, images have the names of what is shipped, and what is in them is what a go.mod pins. */
export function versionOfProgram({ binary, pods }: ScrapedProgram): string {
  if (process.env.E2E_LAB === 'yes' && binary !== null) return programVersion(binary);
  return pods === null
    ? kubectl(['get', 'nodes', '-o', 'jsonpath={.items[0].status.nodeInfo.kubeletVersion}'])
    : kubectl([
        ...['get', 'pods', '-A', '-l', `app.kubernetes.io/name=${pods}`],
        ...['-o', 'jsonpath={.items[0].metadata.labels.app\\.kubernetes\\.io/version}'],
      ]);
}
