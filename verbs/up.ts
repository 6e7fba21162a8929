import type { Variables } from '../config/variables';
import type { VerbSettings } from '../config/verb-settings';
import type { Config } from '../stack/config';
import { grafanaHasStarted, provideAdmin } from './admin-secret';
import { applyObjects, applyOutside, keptObjects, objectsToApply, prune } from './apply';
import { confirmIfUnfinished, repairFirst } from './backup/leftovers';
import { type Cluster, chooseCluster } from './context';
import { desiredState } from './doctor/desired-state';
import { type Expected, expectedOf } from './expected';
import { type Forward, forwardsOf } from './forward';
import { forwardPorts } from './keep-forwarding';
import { prepareUpgrade } from './live/carry-out';
import { compare } from './live/compare';
import { preflight } from './preflight';
import { waitUntilReady } from './progress';
import { printAddresses } from './report';
import { readState } from './state';
import { say, VerbError } from './terminal';

/** The input of every command. */
export interface VerbInput {
  /** The project's folder. */
  readonly root: string;
  readonly config: Config;
  readonly settings: VerbSettings;
  readonly variables: Variables;
  /** The words after the command. */
  readonly words: readonly string[];
  /** Aborted when the operator presses Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * `monitor-up`: checks, applies, waits until everything is ready, and forwards ports until Ctrl-C. Every step restores what is rendered,
 * so the next run completes one that was stopped anywhere.
 * @throws VerbError if a check fails or a workload does not become ready
 */
export async function up(input: VerbInput): Promise<void> {
  const { root, config, settings, variables, signal } = input;
  const cluster = await chooseCluster(root, settings);
  const { kubectl, context, server } = cluster;
  const expected = expectedOf(config);
  const requested = settings.forward ? forwardsOf(expected, variables) : [];
  const { notes, skipsClusterScope, forwards } = await preflight(kubectl, expected, requested);
  say(`${config.environment} into namespace ${config.namespace} of ${context} (${server})`);
  for (const note of notes) say(note);
  await repairFirst({ kubectl, config, signal, timeoutSeconds: settings.timeoutSeconds }, expected, 'monitor-up');
  await applyIn(cluster, expected, input, skipsClusterScope);
  await finishIn(cluster, expected, input, forwards);
}

/** Applies a stack to a cluster that was chosen and checked. @throws VerbError if data would be lost */
export async function applyIn(
  { kubectl }: Cluster,
  expected: Expected,
  { variables }: VerbInput,
  skipsClusterScope: boolean,
): Promise<void> {
  const rendered = await objectsToApply(kubectl, expected, skipsClusterScope);
  await prepareUpgrade(kubectl, await compare(kubectl, expected, rendered), rendered);
  const hasStarted = await grafanaHasStarted(kubectl, expected);
  await applyObjects(kubectl, keptObjects(expected, skipsClusterScope));
  await provideAdmin(kubectl, expected, variables, hasStarted);
  await applyObjects(kubectl, expected.workloads);
  await applyOutside(kubectl, expected);
  await prune(kubectl, expected);
}

/** Waits until everything is ready, and forwards ports until Ctrl-C. @throws VerbError if a workload does not become ready */
export async function finishIn(
  { kubectl }: Cluster,
  expected: Expected,
  { config, settings, signal }: VerbInput,
  forwards: readonly Forward[],
): Promise<void> {
  const desired = desiredState(expected, kubectl.commands);
  const ready = await waitUntilReady(kubectl, desired, settings.timeoutSeconds, signal);
  if (signal.aborted) return;
  if (!ready) {
    const { make } = kubectl.commands;
    const fix = `fix the problems above and run ${make('monitor-up')} again; ${make('monitor-status')} shows the current state`;
    throw new VerbError([{ what: 'Not every workload is ready.', fix }]);
  }
  await confirmIfUnfinished({ kubectl, config, signal, timeoutSeconds: settings.timeoutSeconds }, expected);
  const { secrets } = await readState(kubectl, desired);
  say(`\nEverything is ready.${forwards.length > 0 ? ' Forwarding ports until Ctrl-C:' : ' No ports are forwarded.'}`);
  printAddresses(kubectl.commands, expected, forwards, secrets);
  if (forwards.length > 0) await forwardPorts(kubectl, config.namespace, forwards, signal);
}

/** The configuration of `monitor-dev`: every trace is sampled, and the Collector's debug exporter is on. */
export function withDebugging(config: Config): Config {
  const { collector, jaeger } = config;
  return {
    ...config,
    collector: { ...collector, debug: true, logLevel: 'debug' },
    jaeger: { ...jaeger, samplingStrategiesFile: jaeger.samplingStrategiesFile ?? 'always-on' },
    samplingStrategies: { default_strategy: { type: 'probabilistic', param: 1 } },
  };
}
