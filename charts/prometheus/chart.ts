import type { Construct } from 'constructs';
import type { Image } from '../../config/images';
import type { Config } from '../../config/load';
import { ComponentChart } from '../../lib/component-chart';
import { addConfigFiles, toYaml } from '../../lib/config-file';
import { API_TOKEN, claimMount, filesMount } from '../../lib/mount';
import { OPERATOR } from '../../lib/topology';
import { Workload } from '../../lib/workload';
import { addDiscoveryRole } from '../jan-server/roles';
import { CLAIMS } from '../storage/chart';
import { checkedRules } from './check-rules';
import { prometheusIdentity } from './endpoints';
import { remoteWriteMounts } from './remote-write';
import { ruleGroups } from './rules';
import { CONFIG_PATH, flags, RULES_PATH, type ScrapeEnds, serverConfig } from './server-config';

/** User `nobody` of the image's busybox variant (prometheus/prometheus, Dockerfile). */
const USER = 65534;

/** What Prometheus' chart is made from. */
export interface PrometheusProps extends ScrapeEnds {
  readonly config: Config;
  readonly image: Image;
}

/** Prometheus: scrapes the stack and Jan Server, keeps the series, evaluates the alerts. */
export class PrometheusChart extends ComponentChart {
  constructor(scope: Construct, id: string, props: PrometheusProps) {
    const { config, own } = props;
    super(scope, id, config.namespace);
    const settings = serverConfig(config, props);
    const configFiles = addConfigFiles(this, 'prometheus-config', { 'prometheus.yaml': toYaml(settings) });
    const jobs = settings.scrape_configs.map(({ job_name }) => job_name).filter((job) => job !== 'jan-server');
    const groups = ruleGroups(config.prometheus.alerts, jobs, config.janServer !== null);
    const rules = addConfigFiles(this, 'prometheus-rules', {
      'stack.yaml': toYaml({ groups: checkedRules(groups) }),
      ...Object.fromEntries(config.rules.map(({ name, content }) => [`user-${name}`, toYaml(content)])),
    });
    addDiscoveryRole(this, { name: own.party.name, namespace: config.namespace });
    own.http.allow(OPERATOR, 'UI');
    new Workload(this, 'workload', {
      name: own.party.name,
      identity: prometheusIdentity(config.namespace),
      image: props.image,
      ports: [own.http],
      // A start replays the write-ahead log, which takes minutes after hours of data.
      probes: { endpoint: own.http, readyPath: '/-/ready', livePath: '/-/healthy', startSeconds: 900 },
      args: flags(config),
      user: USER,
      resources: config.prometheus.resources,
      mounts: [
        filesMount('config', CONFIG_PATH, [configFiles]),
        filesMount('rules', RULES_PATH, [rules]),
        claimMount('data', '/prometheus', CLAIMS.prometheus),
        API_TOKEN,
        ...remoteWriteMounts(config.prometheus.remoteWrite),
      ],
      stopSeconds: 300,
    });
  }
}
