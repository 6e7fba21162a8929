/**
 * Programs to which everything happens that a stack in good health never sees: a Collector that cannot send, whose queue is full, or
 * whose memory is; a Prometheus whose remote write fails, and whose alerts go out; an Alertmanager with another beside it; and a node_exporter, which no default switches on.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { ownFolder, programPath } from '../../../lab/cache';
import { State } from '../../../lab/cluster/processes';
import { until } from '../../../lab/commands';
import { freePort } from '../../../lab/free-port';
import { ownMetrics } from '../../../lib/otel-settings';

const LOOPBACK = '127.0.0.1';
/** Nobody listens on it: its number is reserved (https://www.iana.org/assignments/service-names-port-numbers, tcpmux). */
const NOWHERE = `${LOOPBACK}:1`;

/** Where the Collectors take OTLP over HTTP, and what asks Prometheus. */
export interface FailingStack {
  readonly otlp: readonly string[];
  /** The `data` of an answer of Prometheus' API. */
  readonly ask: <Data>(path: string, parameters: Readonly<Record<string, string>>) => Promise<Data>;
  readonly stop: () => Promise<void>;
}

/** A Collector that cannot send, and has room for one request; or one without memory, which refuses everything. */
function collectorConfig(otlp: number, own: number, memoryMebibytes: number) {
  const { pull } = ownMetrics(own);
  const pipeline = { receivers: ['otlp'], processors: ['memory_limiter'], exporters: ['otlp_grpc/nowhere', 'debug'] };
  return {
    receivers: { otlp: { protocols: { http: { endpoint: `${LOOPBACK}:${otlp}` } } } },
    processors: { memory_limiter: { check_interval: '100ms', limit_mib: memoryMebibytes, spike_limit_mib: 1 } },
    exporters: {
      'otlp_grpc/nowhere': {
        endpoint: NOWHERE,
        tls: { insecure: true },
        retry_on_failure: { enabled: false },
        sending_queue: { queue_size: 1, num_consumers: 1 },
      },
      debug: {},
    },
    service: {
      telemetry: {
        metrics: {
          readers: [{ pull: { exporter: { prometheus: { ...pull.exporter.prometheus, host: LOOPBACK } } } }],
        },
      },
      pipelines: { traces: pipeline, metrics: pipeline, logs: pipeline },
    },
  };
}

const rules = {
  groups: [
    {
      name: 'always',
      rules: [{ alert: 'Always', expr: 'vector(1)', labels: { severity: 'info', owner: 'platform' } }],
    },
  ],
};
const alertmanagerConfig = {
  route: { receiver: 'nowhere', group_wait: '1s' },
  receivers: [{ name: 'nowhere', webhook_configs: [{ url: `http://${NOWHERE}/` }] }],
};

const job = (name: string, ...ports: readonly number[]) => ({
  job_name: name,
  static_configs: [{ targets: ports.map((port) => `${LOOPBACK}:${port}`) }],
});

/** Starts them, on ports that are free. */
export async function startFailing(): Promise<FailingStack> {
  const state = new State(ownFolder('failing'));
  const file = (name: string, content: object) => {
    writeFileSync(state.path(name), stringify(content));
    return state.path(name);
  };
  const started: string[] = [];
  const start = (name: string, program: string, ...args: readonly string[]) => {
    started.push(name);
    state.start(name, programPath(program), args);
  };
  const stop = async () => {
    for (const name of started) await state.stop(name);
    rmSync(state.folder, { recursive: true, force: true });
  };
  const [am, other, gossip, otherGossip, prometheus] = await ports();
  const [otlp, own, refusing, refusingOwn, node] = await ports();
  start('collector', 'otelcol-contrib', `--config=${file('collector.yaml', collectorConfig(otlp, own, 2048))}`);
  start('refusing', 'otelcol-contrib', `--config=${file('refusing.yaml', collectorConfig(refusing, refusingOwn, 2))}`);
  start('node', 'node_exporter', `--web.listen-address=${LOOPBACK}:${node}`);
  const alertmanager = file('alertmanager.yaml', alertmanagerConfig);
  for (const [name, web, cluster, peer] of [
    ['alertmanager', am, gossip, otherGossip],
    ['other', other, otherGossip, gossip],
  ] as const) {
    start(
      name,
      'alertmanager',
      ...[`--config.file=${alertmanager}`, `--storage.path=${state.path(name)}`],
      ...[`--web.listen-address=${LOOPBACK}:${web}`, `--cluster.listen-address=${LOOPBACK}:${cluster}`],
      `--cluster.peer=${LOOPBACK}:${peer}`,
    );
  }
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s', metric_name_escaping_scheme: 'underscores' },
    scrape_configs: [
      job('prometheus', prometheus),
      job('alertmanager', am),
      job('collector', own, refusingOwn),
      job('node_exporter', node),
    ],
    rule_files: [file('rules.yaml', rules)],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [`${LOOPBACK}:${am}`] }] }] },
    remote_write: [
      {
        name: 'nowhere',
        url: `http://${NOWHERE}/`,
        write_relabel_configs: [{ source_labels: ['__name__'], regex: 'up', action: 'drop' }],
      },
    ],
  };
  const flags = [
    // An alert that fires before the Alertmanager answers is by default sent again only after a minute.
    '--rules.alert.resend-delay=1s',
    `--storage.tsdb.path=${state.path('tsdb')}`,
    `--web.listen-address=${LOOPBACK}:${prometheus}`,
  ];
  start('prometheus', 'prometheus', `--config.file=${file('prometheus.yaml', config)}`, ...flags);
  const ask = async <Data>(path: string, parameters: Readonly<Record<string, string>>) => {
    const answer = await fetch(`http://${LOOPBACK}:${prometheus}/api/v1${path}?${new URLSearchParams(parameters)}`);
    return ((await answer.json()) as { data: Data }).data;
  };
  const areUp = async () => {
    const { result } = await ask<{ result: readonly { value: readonly [number, string] }[] }>('/query', {
      query: 'sum(up)',
    });
    return result[0]?.value[1] === '5';
  };
  await until(() => areUp().catch(() => false), 'Prometheus to scrape five targets', 60);
  return { otlp: [otlp, refusing].map((port) => `http://${LOOPBACK}:${port}`), ask, stop };
}

const ports = async (): Promise<readonly [number, number, number, number, number]> => [
  await freePort(),
  await freePort(),
  await freePort(),
  await freePort(),
  await freePort(),
];
