/** Settings of programs. */
import { type ImpactPair, NONE, pair } from './pair';

/** The pairs. */
export const ofConfiguration: readonly ImpactPair[] = [
  pair('nothing', {}, {}, NONE),
  pair(
    'the log level of the Collector',
    {},
    { collector: { logLevel: 'debug' } },
    {
      severity: 'restart',
      restarts: ['Deployment/otel-collector'],
    },
  ),
  pair(
    'the scrape interval',
    {},
    { prometheus: { scrapeInterval: '20s' } },
    {
      severity: 'restart',
      restarts: ['Deployment/grafana'],
      reloads: ['Deployment/prometheus'],
    },
  ),
  pair(
    'memory of Prometheus',
    {},
    { prometheus: { resources: { memory: '3Gi' } } },
    {
      severity: 'restart',
      restarts: ['Deployment/prometheus'],
    },
  ),
  pair(
    'an alert less',
    {},
    { alerts: { rules: { CollectorQueueFills: { enabled: false } } } },
    {
      severity: 'none',
      reloads: ['Deployment/prometheus', 'Deployment/grafana'],
      names: ['alert CollectorQueueFills > '],
    },
  ),
  pair(
    'a newer version',
    { images: { alertmanager: { tag: 'v0.33.0' } } },
    {},
    {
      severity: 'restart',
      restarts: ['Deployment/alertmanager'],
      versions: ['docker.io/prom/alertmanager:v0.34.2 https://github.com/prometheus/alertmanager/releases/tag/v0.34.2'],
    },
  ),
  pair(
    'an older version',
    {},
    { images: { prometheus: { tag: 'v3.15.0' } } },
    {
      severity: 'data',
      restarts: ['Deployment/prometheus'],
      risks: ['Deployment/prometheus'],
      versions: ['docker.io/prom/prometheus:v3.15.0 https://github.com/prometheus/prometheus/releases/tag/v3.15.0'],
    },
  ),
  pair(
    'node-exporter is new',
    {},
    { nodeExporter: { enabled: true, namespace: 'upgrades-nodes' } },
    {
      severity: 'restart',
      restarts: ['Deployment/grafana'],
      reloads: ['Deployment/prometheus'],
      names: ['scrape job  > node-exporter'],
    },
  ),
];
