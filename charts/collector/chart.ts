import { seconds } from '../../config/units';
import { addConfigFiles } from '../../lib/config-file';
import { type Endpoint, PORTS } from '../../lib/endpoint';
import { toCollectorYaml } from '../../lib/env-text';
import { type Identity, selectorLabels } from '../../lib/labels';
import { type ComponentParty, OPERATOR } from '../../lib/parties';
import { Workload } from '../../lib/workload';
import { type Claim, stateMount } from '../common/claim';
import { type StackContext, sendersOf } from '../common/context';
import { limitGoMemory } from '../common/go-memory';
import type { ForwardedPort } from '../common/part';
import { accountOf, identityOf, PartChart } from '../common/part-chart';
import { type Grant, PODS } from '../common/roles';
import { exporterJob, podJob, type ScrapeJob } from '../common/scrape-jobs';
import { jaeger } from '../jaeger';
import { prometheus } from '../prometheus';
import { type CollectorPorts, collectorConfig } from './pipelines';
import { QUEUE_PATH } from './queue';
import type { CollectorSettings } from './schema';
import { keepingLabels } from './scrape-job';

/** User of the Collector's image (opentelemetry-collector-releases, Dockerfile). */
const USER = 10001;
const CONFIG_PATH = '/etc/otelcol';

/** The OpenTelemetry Collector: receives OTLP, enriches it, and sends spans to Jaeger and metrics to Prometheus. */
export class Collector extends PartChart {
  readonly #party: ComponentParty;
  readonly #identity: Identity;
  readonly #claim: Claim;
  readonly #ports: CollectorPorts;
  #metricsUrl: string | null = null;

  constructor(
    context: StackContext,
    readonly settings: CollectorSettings,
  ) {
    super(context, '20-collector');
    const { topology } = context;
    this.#identity = identityOf(context, 'opentelemetry-collector', 'collector');
    this.#party = topology.component('otel-collector', selectorLabels(this.#identity));
    this.#claim = { name: 'otel-collector-queue', size: settings.queue.storage };
    const open = (spec: (typeof PORTS)[keyof typeof PORTS]) => topology.endpoint(this.#party, spec);
    this.#ports = {
      otlpGrpc: open(PORTS.otlpGrpc),
      otlpHttp: open(PORTS.otlpHttp),
      metrics: settings.metricsPath === 'scrape' ? open(PORTS.collectorMetrics) : null,
      selfMetrics: open(PORTS.internalMetrics),
      health: open(PORTS.health),
    };
  }

  /** OTLP over gRPC. */
  get otlpGrpc(): Endpoint {
    return this.#ports.otlpGrpc;
  }

  /** OTLP over HTTP. */
  get otlpHttp(): Endpoint {
    return this.#ports.otlpHttp;
  }

  /** What a sender connects to: OTLP, and the sampling strategies where they are served. */
  get ingressPorts(): readonly Endpoint[] {
    return [...this.#otlp, ...(this.context.part(jaeger)?.sampling ?? [])];
  }

  get #otlp(): readonly Endpoint[] {
    return [this.otlpGrpc, this.otlpHttp];
  }

  get forwards(): readonly ForwardedPort[] {
    return [
      { title: 'OTLP over HTTP', endpoint: this.otlpHttp, variable: 'OTEL_HTTP_PORT' },
      { title: 'OTLP over gRPC', endpoint: this.otlpGrpc, variable: 'OTEL_GRPC_PORT' },
    ];
  }

  get pods(): readonly ComponentParty[] {
    return [this.#party];
  }

  get claim(): Claim | null {
    return this.settings.replicas === 1 ? this.#claim : null;
  }

  /** The services' metrics, where they are scraped, and the Collector's own. */
  scrapeJobs(client: ComponentParty): readonly ScrapeJob[] {
    const { metrics, selfMetrics } = this.#ports;
    const { namespace } = this.context;
    const several = this.settings.replicas > 1;
    return [
      ...(metrics === null ? [] : [keepingLabels(exporterJob('otel-collector', namespace, metrics, client), several)]),
      podJob('otel-collector-internal', namespace, selfMetrics, client),
    ];
  }

  grants(): readonly Grant[] {
    const { name: account } = accountOf(this.context, this.#party);
    return this.context.applications.map(({ namespace, folder }) => ({ account, right: PODS, namespace, folder }));
  }

  connect(): void {
    const { metricsPath, queue } = this.settings;
    if (metricsPath === 'scrape') return;
    const late = seconds(queue.bridgedOutage);
    this.#metricsUrl = this.context.part(prometheus)?.otlpUrl(this.#party, late) ?? null;
  }

  render(): void {
    const { settings, context } = this;
    const { replicas, queue, resources } = settings;
    const ports = this.#ports;
    const pod = this.pod({
      party: this.#party,
      identity: this.#identity,
      image: context.image('collector'),
      replicas,
      user: USER,
      resources,
      stopSeconds: 60,
    });
    const files = pod.configFolder('config', CONFIG_PATH);
    pod.mount(
      stateMount(replicas, 'queue', QUEUE_PATH, this.#claim, { size: queue.storage, className: context.storageClass }),
    );
    const spans = context.part(jaeger)?.spanIntake;
    if (spans === undefined) throw new Error('the Collector has no destination for spans');
    const config = collectorConfig(context, settings, pod, ports, { spans, metricsUrl: this.#metricsUrl });
    files.addForStart(addConfigFiles(this, 'otel-collector-config', { 'config.yaml': toCollectorYaml(config) }));
    for (const sender of [...sendersOf(context), OPERATOR]) {
      for (const endpoint of this.#otlp) endpoint.allow(sender, 'OTLP');
    }
    pod.args(`--config=${CONFIG_PATH}/config.yaml`);
    // The garbage collector works harder from 80 % of the limit on, before memory_limiter has to refuse data.
    limitGoMemory(pod);
    // Less work for a heap that is small: half of it is what the program needs to start (measured: 10 % less CPU time, 10 MiB more memory).
    pod.env('GOGC', '150');
    new Workload(this, 'workload', pod, {
      ports: [ports.otlpGrpc, ports.otlpHttp, ...(ports.metrics === null ? [] : [ports.metrics]), ports.selfMetrics],
      probes: { endpoint: ports.health, readyPath: '/', livePath: '/', startSeconds: 120 },
    });
  }
}
