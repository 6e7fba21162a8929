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
  ['badger with two writers', 'jaeger: {replicas: 2}', 'jaeger.replicas'],
  ['badger with two readers', 'jaeger: {query: {replicas: 2}}', 'jaeger.replicas'],
  ['Kafka before badger', "jaeger: {kafka: {brokers: ['kafka:9092']}}", 'jaeger.kafka'],
  ['synchronous writes elsewhere', `jaeger: {syncWrites: true, ${SEARCH}}`, 'jaeger.syncWrites'],
  [
    'a plain password without TLS',
    `jaeger: {${SEARCH}, kafka: {brokers: ['kafka:9092'], sasl: {username: a, passwordSecret: {name: a, key: b}, mechanism: PLAIN}}}`,
    'jaeger.kafka.sasl.mechanism',
  ],
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
];

test.each(REFUSED)('%s is refused, with the fix', (_what, text, path) => {
  expect(() => configFrom(text)).toThrow(new RegExp(`${path.replaceAll('.', '\\.')}\\n[\\s\\S]*fix `));
});
