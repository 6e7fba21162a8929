import type { ApiObject } from 'cdk8s';
import { addConfigFiles, toJson } from '../../lib/config-file';
import type { Endpoint } from '../../lib/endpoint';
import { toCollectorYaml } from '../../lib/env-text';
import { claimMount, scratchMount } from '../../lib/mount';
import { type ComponentParty, OPERATOR, type Party } from '../../lib/parties';
import type { Pod } from '../../lib/pod';
import { Workload } from '../../lib/workload';
import type { Claim } from '../common/claim';
import { type StackContext, sendersOf } from '../common/context';
import type { Datasource } from '../common/datasource';
import { limitGoMemory } from '../common/go-memory';
import type { KafkaSettings } from '../common/kafka-schema';
import type { ForwardedPort } from '../common/part';
import { PartChart } from '../common/part-chart';
import { podJob, type ScrapeJob } from '../common/scrape-jobs';
import { jaegerDatasource } from './datasource';
import { addIndexCleaner } from './index-cleaner';
import { type JaegerRole, rolesOf } from './roles';
import type { JaegerSettings } from './schema';
import { jaegerConfig, SAMPLING_PATH } from './server-config';
import { DATA_PATH } from './store';

/** User of Jaeger's image (jaegertracing/jaeger, cmd/jaeger/Dockerfile). */
const USER = 10001;
const CONFIG_PATH = '/etc/jaeger/config';

/** How spans reach Jaeger: by OTLP, or through Kafka. */
export type SpanIntake =
  | { readonly by: 'otlp'; readonly urlFor: (client: Party) => string; readonly pods: number }
  | { readonly by: 'kafka'; readonly kafka: KafkaSettings };

/** Jaeger v2: stores spans, and serves the UI, the Monitor tab and sampling strategies. One workload with Badger, otherwise two. */
export class Jaeger extends PartChart {
  readonly #roles: readonly JaegerRole[];
  readonly #claim: Claim;

  constructor(
    context: StackContext,
    readonly settings: JaegerSettings,
  ) {
    super(context, '40-jaeger');
    this.#roles = rolesOf(context, settings);
    this.#claim = { name: 'jaeger-data', size: settings.storage };
  }

  /** The UI and its HTTP API. */
  get query(): Endpoint {
    const [query] = this.#roles.flatMap((role) => role.query ?? []);
    if (query === undefined) throw new Error('no role of Jaeger serves the UI');
    return query;
  }

  /** The pods that write spans. */
  get writer(): ComponentParty {
    const [writer] = this.#roles.filter(({ writes }) => writes !== null);
    if (writer === undefined) throw new Error('no role of Jaeger writes spans');
    return writer.party;
  }

  /** Where spans are sent. */
  get spanIntake(): SpanIntake {
    const { kafka, replicas } = this.settings;
    if (kafka !== null) return { by: 'kafka', kafka };
    const [otlp] = this.#roles.flatMap(({ writes }) => writes?.otlp ?? []);
    if (otlp === undefined) throw new Error('no role of Jaeger receives spans');
    return { by: 'otlp', urlFor: (client) => otlp.urlFor(client, 'spans'), pods: replicas };
  }

  get ingressPorts(): readonly Endpoint[] {
    return [this.query];
  }

  /** The ports of sampling strategies; none where none are served. */
  get sampling(): readonly Endpoint[] {
    return this.#roles.flatMap(({ writes }) =>
      writes === null || writes.sampling === null ? [] : [writes.sampling.http, writes.sampling.grpc],
    );
  }

  get forwards(): readonly ForwardedPort[] {
    return [{ title: 'Jaeger', endpoint: this.query, variable: 'JAEGER_UI_PORT' }];
  }

  get pods(): readonly ComponentParty[] {
    return this.#roles.map(({ party }) => party);
  }

  get claim(): Claim | null {
    return this.settings.store.type === 'badger' ? this.#claim : null;
  }

  scrapeJobs(client: ComponentParty): readonly ScrapeJob[] {
    return this.#roles.map(({ party, selfMetrics }) => podJob(party.name, this.context.namespace, selfMetrics, client));
  }

  datasource(grafana: Pod): Datasource {
    return jaegerDatasource(grafana, this.query);
  }

  render(): void {
    const { store, ttl } = this.settings;
    this.query.allow(OPERATOR, 'UI');
    const strategies = this.context.samplingStrategies;
    const sampling =
      strategies === null ? null : addConfigFiles(this, 'jaeger-sampling', { 'strategies.json': toJson(strategies) });
    for (const role of this.#roles) this.#renderRole(role, role.writes === null ? null : sampling);
    if (store.type === 'opensearch' || store.type === 'elasticsearch') addIndexCleaner(this, this.context, store, ttl);
  }

  #renderRole(role: JaegerRole, sampling: ApiObject | null): void {
    const { settings } = this;
    const pod = this.#pod(role);
    const files = pod.configFolder('config', CONFIG_PATH);
    if (settings.store.type === 'badger') pod.mount(claimMount('data', DATA_PATH, this.#claim.name));
    pod.mount(scratchMount('tmp', '/tmp', 64));
    const strategies = sampling === null ? null : pod.configFolder('sampling', SAMPLING_PATH);
    const config = toCollectorYaml(jaegerConfig(this.context, settings, pod, role));
    files.addForStart(addConfigFiles(this, `${role.party.name}-config`, { 'config.yaml': config }));
    if (sampling !== null) strategies?.addForStart(sampling);
    pod.args(`--config=${CONFIG_PATH}/config.yaml`);
    limitGoMemory(pod);
    // By default the query service sends its own traces to localhost:4317, its own receiver or a closed port (internal/jtracer).
    pod.env('OTEL_TRACES_SAMPLER', 'always_off');
    const otlp = role.writes?.otlp ?? null;
    const strategyPorts = this.#samplingPorts(role);
    new Workload(this, role.writes === null ? 'query' : 'workload', pod, {
      ports: [
        ...(otlp === null ? [] : [otlp]),
        ...(role.query === null ? [] : [role.query]),
        role.selfMetrics,
        ...strategyPorts,
      ],
      probes: { endpoint: role.health, readyPath: '/status', livePath: '/status', startSeconds: 600 },
    });
  }

  #pod({ party, identity, writes }: JaegerRole): Pod {
    const { replicas, resources } = writes === null ? this.settings.query : this.settings;
    return this.pod({
      party,
      identity,
      image: this.context.image('jaeger'),
      replicas,
      user: USER,
      resources,
      stopSeconds: 60,
    });
  }

  /** The ports of sampling strategies, open to all senders of telemetry, whose SDKs may request them. */
  #samplingPorts({ writes }: JaegerRole): readonly Endpoint[] {
    const sampling = writes?.sampling ?? null;
    if (sampling === null) return [];
    const ports = [sampling.http, sampling.grpc];
    for (const sampler of [...sendersOf(this.context), OPERATOR])
      for (const port of ports) port.allow(sampler, 'sampling strategies');
    return ports;
  }
}
