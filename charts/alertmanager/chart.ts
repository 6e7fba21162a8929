import { goDuration } from '../../config/units';
import { addConfigFiles, toYaml } from '../../lib/config-file';
import { DATASOURCE_UIDS } from '../../lib/datasource-uids';
import { type Endpoint, PORTS } from '../../lib/endpoint';
import { env, envText, type TextPart } from '../../lib/env-text';
import { type Identity, selectorLabels } from '../../lib/labels';
import { type ComponentParty, OPERATOR } from '../../lib/parties';
import type { Pod } from '../../lib/pod';
import { Workload } from '../../lib/workload';
import { type Claim, stateMount } from '../common/claim';
import type { StackContext } from '../common/context';
import type { Datasource } from '../common/datasource';
import { limitGoMemory } from '../common/go-memory';
import type { ForwardedPort } from '../common/part';
import { identityOf, PartChart } from '../common/part-chart';
import { podJob, type ScrapeJob } from '../common/scrape-jobs';
import { INHIBIT_RULES } from './inhibition';
import { receiversConfig } from './receivers';
import { routeConfig } from './routes';
import type { AlertmanagerSettings } from './schema';

/** User `nobody` of the image's busybox (prometheus/alertmanager, Dockerfile). */
export const USER = 65534;
const CONFIG_PATH = '/etc/alertmanager/config';
const DATA_PATH = '/alertmanager';

/** Alertmanager: silences and the notification log live on a claim. Several replicas gossip, so that only one of them notifies. */
export class Alertmanager extends PartChart {
  readonly #party: ComponentParty;
  readonly #identity: Identity;
  readonly #claim: Claim;
  /** The UI, the HTTP API and Alertmanager's own metrics. */
  readonly http: Endpoint;
  /** Where several replicas exchange silences and notifications; null for one. */
  readonly #gossip: { readonly tcp: Endpoint; readonly udp: Endpoint } | null;

  constructor(
    context: StackContext,
    readonly settings: AlertmanagerSettings,
  ) {
    super(context, '60-alertmanager');
    const { topology } = context;
    this.#identity = identityOf(context, 'alertmanager', 'alerting');
    this.#party = topology.component('alertmanager', selectorLabels(this.#identity));
    this.#claim = { name: 'alertmanager-data', size: settings.storage };
    this.http = topology.endpoint(this.#party, PORTS.alertmanager);
    const open = (spec: (typeof PORTS)['gossip' | 'gossipUdp']) => topology.endpoint(this.#party, spec);
    this.#gossip = settings.replicas === 1 ? null : { tcp: open(PORTS.gossip), udp: open(PORTS.gossipUdp) };
  }

  get ingressPorts(): readonly Endpoint[] {
    return [this.http];
  }

  get forwards(): readonly ForwardedPort[] {
    return [{ title: 'Alertmanager', endpoint: this.http, variable: null }];
  }

  get pods(): readonly ComponentParty[] {
    return [this.#party];
  }

  get claim(): Claim | null {
    return this.settings.replicas === 1 ? this.#claim : null;
  }

  scrapeJobs(client: ComponentParty): readonly ScrapeJob[] {
    return [podJob('alertmanager', this.context.namespace, this.http, client)];
  }

  /** Shows alerts and creates silences. Grafana's own alerts stay with its embedded Alertmanager. */
  datasource(grafana: Pod): Datasource {
    return {
      name: 'Alertmanager',
      type: 'alertmanager',
      uid: DATASOURCE_UIDS.alertmanager,
      access: 'proxy',
      url: this.http.urlFor(grafana.party, 'alerts and silences'),
      isDefault: false,
      editable: false,
      jsonData: { implementation: 'prometheus', handleGrafanaManagedAlerts: false },
    };
  }

  render(): void {
    const { settings, context } = this;
    const { replicas, storage, resources } = settings;
    this.http.allow(OPERATOR, 'UI');
    const pod = this.pod({
      party: this.#party,
      identity: this.#identity,
      image: context.image('alertmanager'),
      replicas,
      user: USER,
      resources,
      stopSeconds: 30,
    });
    const files = pod.configFolder('config', CONFIG_PATH);
    pod.mount(stateMount(replicas, 'data', DATA_PATH, this.#claim, { size: storage, className: context.storageClass }));
    const config = {
      route: routeConfig(settings),
      inhibit_rules: INHIBIT_RULES,
      receivers: receiversConfig(pod, settings),
    };
    // It reloads its configuration only when it gets a signal.
    files.addForStart(addConfigFiles(this, 'alertmanager-config', { 'alertmanager.yaml': toYaml(config) }));
    pod.args(...this.#flags());
    limitGoMemory(pod);
    const gossip = this.#gossip;
    new Workload(this, 'workload', pod, {
      ports: [this.http],
      ...(gossip !== null && { headless: { ports: [gossip.tcp, gossip.udp], notReady: true } }),
      probes: { endpoint: this.http, readyPath: '/-/ready', livePath: '/-/healthy', startSeconds: 120 },
    });
  }

  #flags(): TextPart[] {
    const { retention, externalUrl } = this.settings;
    return [
      `--config.file=${CONFIG_PATH}/alertmanager.yaml`,
      `--storage.path=${DATA_PATH}`,
      `--data.retention=${goDuration(retention)}`,
      `--web.external-url=${externalUrl}`,
      // The path of the external URL is for a proxy in front of it: probes and Prometheus use no path.
      '--web.route-prefix=/',
      ...this.#clusterFlags(),
    ];
  }

  /**
   * Every pod by its DNS name, so that a pod which starts alone finds the others. A restarted pod has a new address, so a lost peer is
   * removed after minutes, not after the default of six hours.
   */
  #clusterFlags(): TextPart[] {
    const gossip = this.#gossip;
    if (gossip === null) return ['--cluster.listen-address='];
    gossip.udp.allow(this.#party, 'gossip');
    const peers = Array.from({ length: this.settings.replicas }, (_, index) =>
      gossip.tcp.podAddressFor(this.#party, index, 'gossip'),
    );
    return [
      envText`--cluster.listen-address=${env('POD_IP')}:${gossip.tcp.port}`,
      `--cluster.label=${this.context.namespace}`,
      '--cluster.reconnect-timeout=5m',
      ...peers.map((peer) => `--cluster.peer=${peer}`),
    ];
  }
}
