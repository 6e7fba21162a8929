import type { Construct } from 'constructs';
import type { Image } from '../../config/images';
import type { Config } from '../../config/load';
import type { RuleGroup } from '../../content/alerts/rule-file';
import { ComponentChart } from '../../lib/component-chart';
import { addConfigFiles, toYaml } from '../../lib/config-file';
import { API_TOKEN, filesMount, stateMount } from '../../lib/mount';
import type { Placement } from '../../lib/placement';
import { OPERATOR } from '../../lib/topology';
import { Workload } from '../../lib/workload';
import { addRole } from '../rights/roles';
import { CLAIMS, classOf } from '../storage/chart';
import { type PrometheusEndpoints, prometheusIdentity } from './endpoints';
import { sendingMounts } from './remote-write';
import { CONFIG_PATH, flags, RULES_PATH, type serverConfig } from './server-config';

/** User `nobody` of the image's busybox variant (prometheus/prometheus, Dockerfile). */
const USER = 65534;

/** What Prometheus' chart is made from. */
export interface PrometheusProps {
  readonly own: PrometheusEndpoints;
  /** Its configuration, as an object in the form of its file. */
  readonly settings: ReturnType<typeof serverConfig>;
  /** Recording rules, and alerts where it evaluates them. */
  readonly groups: readonly RuleGroup[];
  readonly config: Config;
  readonly image: Image;
  readonly placement: Placement;
}

/** Prometheus: scrapes the stack and Jan Server, keeps the series, evaluates the alerts. */
export class PrometheusChart extends ComponentChart {
  constructor(scope: Construct, id: string, props: PrometheusProps) {
    const { config, own, settings, groups } = props;
    super(scope, id, config.namespace);
    const configFiles = addConfigFiles(this, 'prometheus-config', { 'prometheus.yaml': toYaml(settings) });
    const rules = addConfigFiles(this, 'prometheus-rules', {
      'stack.yaml': toYaml({ groups }),
    });
    // Apart, so that each has all the room that one object may take; and always there, so that the first one needs no restart.
    const userRules = addConfigFiles(this, 'prometheus-rules-user', Object.fromEntries(config.rules.map(userFile)));
    addRole(this, 'discovery', { name: own.party.name, namespace: config.namespace });
    own.http.allow(OPERATOR, 'UI');
    const { replicas, storage } = config.prometheus;
    new Workload(this, 'workload', {
      name: own.party.name,
      identity: prometheusIdentity(config.namespace),
      placement: props.placement,
      image: props.image,
      replicas,
      ports: [own.http],
      // Each of several has scraped at moments of its own: a graph that asks now this one, now that one, jumps.
      sticky: replicas > 1,
      // A start replays the write-ahead log, which takes minutes after hours of data.
      probes: { endpoint: own.http, readyPath: '/-/ready', livePath: '/-/healthy', startSeconds: 900 },
      args: flags(config),
      user: USER,
      resources: config.prometheus.resources,
      mounts: [
        filesMount('config', CONFIG_PATH, [configFiles]),
        filesMount('rules', RULES_PATH, [rules, userRules]),
        stateMount(replicas, 'data', '/prometheus', CLAIMS.prometheus, { size: storage, className: classOf(config) }),
        API_TOKEN,
        ...sendingMounts(config.prometheus),
      ],
      stopSeconds: 300,
    });
  }
}

const userFile = ({ name, content }: Config['rules'][number]) => [`user-${name}`, toYaml(content)] as const;
