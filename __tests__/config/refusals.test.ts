import { configFrom } from '../support';

const POSTGRES = 'database: {type: postgres, host: db.example.com, passwordSecret: {name: db, key: password}}';
const SEARCH = "store: {type: opensearch, urls: ['https://search.example.com:9200']}";

const REFUSED: readonly (readonly [what: string, text: string, path: string])[] = [
  [
    'two Prometheus behind one OTLP address',
    'collector: {metricsPath: otlp}\nprometheus: {replicas: 2}',
    'prometheus.replicas',
  ],
  [
    'a salt where nothing is hashed',
    'collector: {pii: full, piiSaltSecret: {name: pii, key: salt}}',
    'collector.piiSaltSecret',
  ],
  [
    'more series of one pod than a scrape may have samples',
    'collector: {spanMetrics: {cardinalityLimit: 10000}}',
    'collector.spanMetrics.cardinalityLimit',
  ],
  ['badger with two writers', 'jaeger: {replicas: 2}', 'jaeger.replicas'],
  ['badger with two readers', 'jaeger: {query: {replicas: 2}}', 'jaeger.replicas'],
  ['Kafka before badger', "jaeger: {kafka: {brokers: ['kafka:9092']}}", 'jaeger.kafka'],
  ['synchronous writes elsewhere', `jaeger: {syncWrites: true, ${SEARCH}}`, 'jaeger.syncWrites'],
  [
    'a plain password without TLS',
    `jaeger: {${SEARCH}, kafka: {brokers: ['kafka:9092'], sasl: {username: a, passwordSecret: {name: a, key: b}, mechanism: PLAIN}}}`,
    'jaeger.kafka.sasl.mechanism',
  ],
  ['a key of a Secret that is a folder', 'grafana: {secretKey: {name: a, key: .}}', 'grafana.secretKey.key'],
  ['a key of a Secret outside of its folder', 'grafana: {secretKey: {name: a, key: ..}}', 'grafana.secretKey.key'],
  ['two Grafanas on SQLite', 'grafana: {replicas: 2}', 'grafana.replicas'],
  ['PostgreSQL without a secret key', `grafana: {${POSTGRES}}`, 'grafana.secretKey'],
  ['a replica label that is taken', 'prometheus: {replicas: 2, replicaLabel: cluster}', 'prometheus.replicaLabel'],
  [
    'too much scratch on Autopilot',
    'platform: gke-autopilot\ncollector: {resources: {ephemeralStorage: 11Gi}}',
    'platform',
  ],
  ["Cilium's own policies on GKE", 'platform: gke\nnetwork: {engine: cilium}', 'network.engine'],
  [
    "an address of the API server beside Cilium's name for it",
    'network: {engine: cilium}\ncluster: {apiServer: {cidr: 10.0.0.1/32}}',
    'cluster.apiServer.cidr',
  ],
  ['node-exporter on Autopilot', 'platform: gke-autopilot\nnodeExporter: {enabled: true}', 'nodeExporter.enabled'],
  ['node-exporter on OpenShift', 'platform: openshift\nnodeExporter: {enabled: true}', 'nodeExporter.enabled'],
  ['node-exporter among the others', 'nodeExporter: {namespace: jan-monitoring}', 'nodeExporter.namespace'],
  [
    "node-exporter in Jan Server's namespace",
    'nodeExporter: {enabled: true, namespace: jan-server}',
    'nodeExporter.namespace',
  ],
  [
    'node-exporter among system pods',
    'nodeExporter: {enabled: true, namespace: kube-system}',
    'nodeExporter.namespace',
  ],
  ['node-exporter in default', 'nodeExporter: {enabled: true, namespace: default}', 'nodeExporter.namespace'],
  [
    "node-exporter in OpenShift's own",
    'nodeExporter: {enabled: true, namespace: openshift-dns}',
    'nodeExporter.namespace',
  ],
  [
    'node-exporter beside vLLM',
    'nodeExporter: {enabled: true, namespace: models}\nvllm: {namespace: models, podLabels: {app: vllm}}',
    'nodeExporter.namespace',
  ],
  [
    'node-exporter beside an ingress controller',
    'nodeExporter: {enabled: true, namespace: ingress}\nnetwork: {allowFrom: [{namespace: ingress, to: grafana}]}',
    'nodeExporter.namespace',
  ],
  [
    'node-exporter beside a store',
    'nodeExporter: {enabled: true, namespace: mimir}\nprometheus: {remoteWrite: [{name: a, url: "http://mimir.mimir.svc.cluster.local/x"}]}',
    'nodeExporter.namespace',
  ],
  ["the stack in OpenShift's own namespace", 'namespace: openshift-monitoring', 'namespace'],
  ...['169.254.169.254/32', '169.254.0.0/16', '169.254.20.0/24', '100.100.100.200/32', '168.63.129.16/32'].map(
    (range) => [`only ${range}`, `cluster: {apiServer: {cidr: ${range}}}`, 'cluster.apiServer.cidr'] as const,
  ),
  ...['169.254.169.254', '2852039166', '0x7f.1', '127.1', '999.1.1.1', '1.2.3'].flatMap((host) => [
    [
      `the host ${host}`,
      `network: {egress: [{from: grafana, host: '${host}', port: 443}]}`,
      'network.egress[0].host',
    ] as const,
    [`the URL of ${host}`, `prometheus: {query: {url: 'http://${host}/x'}}`, 'prometheus.query.url'] as const,
  ]),
  ['vLLM among our own', 'vllm: {namespace: jan-monitoring, podLabels: {app: vllm}}', 'namespace'],
  ['all pods of a namespace as vLLM', 'vllm: {namespace: models, podLabels: {}}', 'vllm.podLabels'],
  [
    'a network rule for what is off',
    'alertmanager: {enabled: false}\nnetwork: {allowFrom: [{namespace: a, to: alertmanager}]}',
    'network.allowFrom[0].to',
  ],
  ['a route to an unknown receiver', 'alertmanager: {routes: {info: [team]}}', 'alertmanager.routes.info'],
  [
    'a route to a receiver with another name',
    "alertmanager: {receivers: [{type: webhook, name: on-call, url: 'http://a.example.com/'}], routes: {critical: [oncall]}}",
    'alertmanager.routes.critical',
  ],
  [
    'two receivers of one name',
    'alertmanager: {receivers: [{type: pagerduty, name: a, routingKeySecret: {name: a, key: b}}, {type: slack, name: a, urlSecret: {name: a, key: b}}]}',
    'alertmanager.receivers',
  ],
  ['a webhook without a URL', 'alertmanager: {receivers: [{type: webhook, name: a}]}', 'alertmanager.receivers[0]'],
  [
    'a heartbeat with two URLs',
    "alertmanager: {deadMansSwitch: {url: 'https://a.example.com/', urlSecret: {name: a, key: b}}}",
    'alertmanager.deadMansSwitch',
  ],
  [
    'a password without a user',
    'alertmanager: {receivers: [{type: email, name: a, host: a.example.com, from: a@example.com, to: [b@example.com], passwordSecret: {name: a, key: b}}]}',
    'alertmanager.receivers',
  ],
  [
    'repeats between two looks at a group',
    'alertmanager: {groupInterval: 10m, repeatInterval: 5m}',
    'alertmanager.repeatInterval',
  ],
  [
    'receivers of an Alertmanager that is off',
    'alertmanager: {enabled: false, receivers: [{type: pagerduty, name: a, routingKeySecret: {name: a, key: b}}]}',
    'alertmanager.enabled',
  ],
  [
    'groups by a label that is dropped',
    'prometheus: {replicas: 2}\nalertmanager: {groupBy: [prometheus_replica]}',
    'alertmanager.groupBy',
  ],
  [
    'a URL that programs in Go cannot read',
    "alertmanager: {receivers: [{type: webhook, name: a, url: 'https://a.example.com/%(y)s'}]}",
    'alertmanager.receivers[0].url',
  ],
  [
    'a text that Grafana would replace',
    "grafana: {smtp: {host: a.example.com, fromAddress: a@example.com, user: 'a${B}'}}",
    'grafana.smtp.user',
  ],
  ['an administrator named by a key', "grafana: {admin: {user: '%(secret_key)s'}}", 'grafana.admin.user'],
];

test.each(REFUSED)('%s is refused, with the fix', (_what, text, path) => {
  expect(() => configFrom(text)).toThrow(new RegExp(`${path.replaceAll(/[.[\]]/g, '\\$&')}\\n[\\s\\S]*fix `));
});
