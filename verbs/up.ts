import type { Variables } from '../config/variables';
import type { VerbSettings } from '../config/verb-settings';
import type { Manifest } from '../stack/checks/manifest';
import type { Config } from '../stack/config';
import { grafanaHasStarted, provideAdmin } from './admin-secret';
import { applyObjects, applyOutside, prune } from './apply';
import { chooseCluster } from './context';
import { expectedOf } from './expected';
import { forwardsOf } from './forward';
import { forwardPorts } from './keep-forwarding';
import { preflight } from './preflight';
import { waitUntilReady } from './progress';
import { printAddresses } from './report';
import { readState } from './state';
import { say, VerbError } from './terminal';
import { wantedOf } from './wanted';

/** What a verb needs to know. */
export interface VerbInput {
  /** The project's folder. */
  readonly root: string;
  readonly config: Config;
  readonly settings: VerbSettings;
  readonly variables: Variables;
  /** Given when the operator presses Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * `monitor-up`: checks, applies, waits until all is ready, and forwards ports until Ctrl-C. Every step sets things to what is
 * rendered, so a run that was stopped anywhere is mended by the next.
 * @throws VerbError where a check fails or a workload does not become ready
 */
export async function up({ root, config, settings, variables, signal }: VerbInput): Promise<void> {
  const { kubectl, context, server } = await chooseCluster(root, settings);
  const expected = expectedOf(config);
  const { namespace } = config;
  const asked = settings.forward ? forwardsOf(expected, variables) : [];
  const { notes, skipsClusterScope, forwards } = await preflight(kubectl, expected, asked);
  say(`${config.environment} into namespace ${namespace} of ${context} (${server})`);
  for (const note of notes) say(note);
  const hasStarted = await grafanaHasStarted(kubectl, expected);
  const inNamespace = ({ metadata }: Manifest) => metadata.namespace !== undefined;
  await applyObjects(kubectl, skipsClusterScope ? expected.keep.filter(inNamespace) : expected.keep);
  await provideAdmin(kubectl, expected, variables, hasStarted);
  await applyObjects(kubectl, expected.workloads);
  await applyOutside(kubectl, expected);
  await prune(kubectl, expected);
  const wanted = wantedOf(expected, kubectl.commands);
  const ready = await waitUntilReady(kubectl, wanted, settings.timeoutSeconds, signal);
  if (signal.aborted) return;
  if (!ready) {
    const { make } = kubectl.commands;
    const fix = `mend what is named above and run ${make('monitor-up')} again; ${make('monitor-status')} shows it anew`;
    throw new VerbError([{ what: 'Not every workload is ready.', fix }]);
  }
  const { secrets } = await readState(kubectl, wanted);
  say(`\nAll is ready.${forwards.length > 0 ? ' Forwarding until Ctrl-C:' : ' No port is forwarded.'}`);
  printAddresses(kubectl.commands, expected, forwards, secrets);
  if (forwards.length > 0) await forwardPorts(kubectl, namespace, forwards, signal);
}

/** The configuration of `monitor-dev`: every trace is kept, and the Collector prints what passes. */
export function developing(config: Config): Config {
  const { collector, jaeger } = config;
  return {
    ...config,
    collector: { ...collector, debug: true, logLevel: 'debug' },
    jaeger: { ...jaeger, samplingStrategiesFile: jaeger.samplingStrategiesFile ?? 'always-on' },
    samplingStrategies: { default_strategy: { type: 'probabilistic', param: 1 } },
  };
}
