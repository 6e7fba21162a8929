import type { Construct } from 'constructs';
import { seconds } from '../../config/units';
import { WATCHDOG } from '../../content/alerts/watchdog';
import { ComponentChart } from '../../lib/component-chart';
import { addConfigFiles, type Files, toJson } from '../../lib/config-file';
import { HookJob } from '../../lib/hook-job';
import { type Identity, selectorLabels } from '../../lib/labels';
import { scratchMount } from '../../lib/mount';
import type { ComponentParty } from '../../lib/parties';
import { Pod } from '../../lib/pod';
import { alertmanager } from '../alertmanager';
import { collector } from '../collector';
import type { StackContext } from '../common/context';
import { limitGoMemory } from '../common/go-memory';
import type { Part } from '../common/part';
import { identityOf } from '../common/part-chart';
import { kubelet } from '../kubelet';
import { prometheus } from '../prometheus';
import { addAddresses, required } from './addresses';
import { CHECK_NAMES, type CheckName } from './names';
import { queryChecks } from './queries';
import { METRIC_REQUEST, TRACE_REQUEST } from './requests';
import type { SmokeTestSettings } from './schema';
import { SCRIPT } from './script';
import { addGrpcSender } from './sender';

/** Name of the Job, its container and its ServiceAccount. */
export const SMOKE_TEST = 'monitor-test';

/** User `nobody` of the image's busybox (prometheus/prometheus, Dockerfile). */
const USER = 65534;
const FILES = '/etc/monitor-test';
/** How long a Job that has ended is kept, in seconds. */
const KEPT_SECONDS = 3600;

/** The smoke test, a Job in the folder `hooks`. It runs in Prometheus' image, which has a shell, wget and promtool. */
export class SmokeTest extends ComponentChart implements Part {
  readonly #identity: Identity;
  readonly #party: ComponentParty;

  constructor(
    scope: Construct,
    private readonly context: StackContext,
    private readonly settings: SmokeTestSettings,
  ) {
    super(scope, '95-smoke-test', context.namespace);
    this.#identity = identityOf(context, SMOKE_TEST, 'smoke-test');
    this.#party = context.topology.component(SMOKE_TEST, selectorLabels(this.#identity));
  }

  render(): void {
    const { context, settings } = this;
    const pod = new Pod({
      graph: context.topology,
      placement: context.placement,
      party: this.#party,
      identity: this.#identity,
      image: context.image('prometheus'),
      user: USER,
      resources: settings.resources,
      stopSeconds: 5,
    });
    limitGoMemory(pod);
    pod.mount(scratchMount('tmp', '/tmp', 1));
    pod.configFolder('files', FILES).add(addConfigFiles(this, SMOKE_TEST, this.#files()));
    const wait = this.#waitSeconds();
    pod.env('CHECKS', this.#checks().join(' '));
    pod.env('FILES', FILES);
    pod.env('WAIT', String(wait));
    addAddresses(pod, context);
    addGrpcSender(this, pod, required(context, collector).otlpGrpc, context.image('collector'));
    // Each check is tried once more when the time is over, and each of its requests may take seconds.
    const deadlineSeconds = wait + 240;
    new HookJob(this, 'job', pod, {
      command: ['/bin/sh', `${FILES}/test.sh`],
      deadlineSeconds,
      keptSeconds: KEPT_SECONDS,
    });
  }

  /** The checks of this environment, in their order. */
  #checks(): readonly CheckName[] {
    const { context, settings } = this;
    const receives = context.part(alertmanager);
    const notifies =
      (receives?.settings.receivers.length ?? 0) > 0 || (receives?.settings.deadMansSwitch ?? null) !== null;
    const off: Readonly<Partial<Record<CheckName, boolean>>> = {
      watchdog: receives === null || !this.#hasWatchdog,
      notifications: !notifies,
      claims: context.part(kubelet) === null,
    };
    return CHECK_NAMES.filter((name) => off[name] !== true && !settings.skip.includes(name));
  }

  /** Whether Prometheus evaluates the dead man's switch. */
  get #hasWatchdog(): boolean {
    return this.context.content
      .groups()
      .some(({ rules }) => rules.some((rule) => 'alert' in rule && rule.alert === WATCHDOG));
  }

  #files(): Files {
    const { namespace } = this.context;
    const { settings, ownJobs: jobs } = required(this.context, prometheus);
    const queries = queryChecks({ namespace, jobs, scrapeInterval: settings.scrapeInterval });
    return {
      'test.sh': SCRIPT,
      'trace.json': toJson(TRACE_REQUEST),
      'metric.json': toJson(METRIC_REQUEST),
      ...Object.fromEntries(
        queries.flatMap(({ name, known, problems }) => [
          [`${name}.known`, `${known}\n`],
          [`${name}.problems`, `${problems}\n`],
        ]),
      ),
    };
  }

  /**
   * How long a check is repeated, in seconds. A new sample is there after one scrape, and one scrape may fail. An alert that fires before
   * Alertmanager is found is sent again after a minute (Prometheus, --rules.alert.resend-delay).
   */
  #waitSeconds(): number {
    const { scrapeInterval, evaluationInterval } = required(this.context, prometheus).settings;
    return Math.max(30 + 2 * seconds(scrapeInterval), 70 + 2 * seconds(evaluationInterval));
  }
}
