/** Where data is kept, and for how long. */
import { edit, edited, type ImpactPair, pair, TWO } from './pair';

/** A store of spans outside of the cluster. */
export const OPENSEARCH = { type: 'opensearch', urls: ['https://opensearch.example.com:9200'] };
const DATABASE = {
  grafana: {
    secretKey: { name: 'grafana-secret-key', key: 'secret-key' },
    database: {
      type: 'postgres',
      host: 'postgres.example.com',
      passwordSecret: { name: 'grafana-postgres', key: 'password' },
    },
  },
};
const KAFKA = { brokers: ['kafka.kafka.svc:9092'] };

/** The pairs. */
export const ofStores: readonly ImpactPair[] = [
  pair(
    'retention of Prometheus',
    { prometheus: { retention: { time: '30d' } } },
    { prometheus: { retention: { time: '7d', size: '5Gi' } } },
    {
      severity: 'data',
      risks: ['Prometheus, time', 'Prometheus, size'],
      reloads: ['Deployment/prometheus'],
    },
  ),
  pair(
    'retention of Jaeger',
    {},
    { jaeger: { ttl: '2d' } },
    {
      severity: 'data',
      risks: ['Jaeger, spans'],
      restarts: ['Deployment/jaeger'],
    },
  ),
  pair(
    'retention in OpenSearch',
    { jaeger: { store: OPENSEARCH } },
    { jaeger: { store: OPENSEARCH, ttl: '2d' } },
    {
      severity: 'data',
      risks: ['Jaeger, spans in indices'],
    },
  ),
  pair(
    'another store of spans',
    {},
    { jaeger: { store: OPENSEARCH } },
    {
      severity: 'data',
      risks: ['PersistentVolumeClaim/jaeger-data', 'Jaeger'],
      restarts: ['Deployment/otel-collector', 'Deployment/grafana'],
      reloads: ['Deployment/prometheus'],
    },
  ),
  pair(
    'through Kafka',
    { jaeger: { store: OPENSEARCH } },
    { jaeger: { store: OPENSEARCH, kafka: KAFKA } },
    {
      severity: 'data',
      restarts: ['Deployment/otel-collector'],
      reloads: ['Deployment/prometheus', 'Deployment/grafana'],
      risks: ['ConfigMap/otel-collector-config otlp_http/jaeger'],
    },
  ),
  pair(
    'a smaller queue',
    {},
    { collector: { queue: { size: '512Mi' } } },
    {
      severity: 'data',
      risks: ['ConfigMap/otel-collector-config otlp_http/jaeger'],
      restarts: ['Deployment/otel-collector'],
    },
  ),
  pair('another database of Grafana', {}, DATABASE, {
    severity: 'data',
    risks: ['PersistentVolumeClaim/grafana-data', 'Grafana'],
    restarts: ['Deployment/grafana'],
  }),
  pair(
    'no Alertmanager',
    {},
    { alertmanager: { enabled: false } },
    {
      severity: 'data',
      restarts: ['Deployment/grafana'],
      reloads: ['Deployment/prometheus'],
      risks: ['PersistentVolumeClaim/alertmanager-data'],
    },
  ),
  pair(
    'another namespace',
    { namespace: 'upgrades-here' },
    { namespace: 'upgrades-there' },
    {
      severity: 'data',
      risks: [
        'Namespace/upgrades-here',
        ...['alertmanager-data', 'grafana-data', 'jaeger-data', 'otel-collector-queue', 'prometheus-data'].map(
          (name) => `PersistentVolumeClaim/${name}`,
        ),
      ],
    },
  ),
  edited(
    'claims that go with their pods',
    TWO,
    [edit('StatefulSet', 'otel-collector', { 'spec.persistentVolumeClaimRetentionPolicy.whenScaled': 'Delete' })],
    {
      severity: 'data',
      risks: ['StatefulSet/otel-collector'],
    },
  ),
  edited(
    'another folder',
    {},
    [edit('Deployment', 'prometheus', { 'spec.template.spec.containers.0.volumeMounts.2.mountPath': '/data' })],
    {
      severity: 'data',
      risks: ['Deployment/prometheus'],
      restarts: ['Deployment/prometheus'],
    },
  ),
];
