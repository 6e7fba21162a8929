/** Valid environments of every kind, for property tests. */
import fc from 'fast-check';
import { ALL_COMPONENTS, type EnvironmentInput } from '../../stack/settings';

const name = fc
  .stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/)
  .filter((text) => text !== 'default' && !text.startsWith('kube-'));
// What looks like host:port is taken for an address to which no edge leads, and refused.
const line = fc
  .stringMatching(/^[A-Za-zé&*!%@:{}[\]|>,?-][A-Za-z0-9 é&*!%@:{}[\]|>,?=-]{0,20}[A-Za-z0-9]$/)
  .filter((text) => !/:\d{2}/.test(text));
const secretKey = fc.record({ name, key: fc.stringMatching(/^[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,19}$/) });
const host = name.map((label) => `${label}.example.com`);
const port = fc.integer({ min: 1, max: 65535 });
const cidr = fc.option(fc.constantFrom('10.0.0.0/8', '203.0.113.7/32'));
const labelValue = fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,20}[A-Za-z0-9])?$/);
const few = <T>(entry: fc.Arbitrary<T>, by: (value: T) => unknown) =>
  fc.uniqueArray(entry, { maxLength: 3, selector: by });

const REACHABLE = ALL_COMPONENTS.filter(({ reachable }) => reachable === true).map(({ key }) => key);

/** Valid environments: each key of the schema that changes what is rendered, present or not. */
export const environment: fc.Arbitrary<EnvironmentInput> = fc.record(
  {
    namespace: name.map((text) => `o-${text}`),
    cluster: fc.record(
      {
        name: line,
        domain: host,
        apiServer: fc.record({ cidr, ports: fc.uniqueArray(port, { minLength: 1, maxLength: 3 }) }),
      },
      { requiredKeys: [] },
    ),
    storage: fc.record({ className: fc.option(name) }),
    janServer: fc.option(
      fc.record(
        {
          namespace: name.map((text) => `j-${text}`),
          application: name,
          discovery: fc.constantFrom('kubernetes', 'static'),
          scrapeInterval: fc.constantFrom('1s', '10s', '2m'),
          services: fc.uniqueArray(fc.record({ name, port }), { maxLength: 30, selector: (service) => service.name }),
        },
        { requiredKeys: [] },
      ),
    ),
    collector: fc.record(
      {
        metricsPath: fc.constantFrom('scrape', 'otlp'),
        logLevel: fc.constantFrom('debug', 'info', 'warn', 'error'),
        pii: fc.constantFrom('none', 'hashed'),
        piiSaltSecret: fc.option(secretKey),
        queue: fc.record({
          size: fc.constantFrom('16Mi', '1Gi', '5Gi'),
          storage: fc.constantFrom('30Gi', '1Ti'),
          bridgedOutage: fc.constantFrom('5m', '24h'),
          syncWrites: fc.boolean(),
        }),
        spanMetrics: fc.record({
          dimensions: fc.uniqueArray(fc.stringMatching(/^x[a-z0-9_.]{0,20}$/), {
            maxLength: 5,
            selector: (text) => text.replaceAll('.', '_'),
          }),
          cardinalityLimit: fc.integer({ min: 100, max: 1000 }),
        }),
      },
      { requiredKeys: [] },
    ),
    prometheus: fc.record(
      {
        scrapeInterval: fc.constantFrom('1s', '15s', '2m'),
        remoteWrite: few(
          fc.record({
            name,
            url: host.map((text) => `https://${text}/push`),
            cidr,
            bearerTokenSecret: fc.option(secretKey),
          }),
          (entry) => entry.name,
        ),
      },
      { requiredKeys: [] },
    ),
    alertmanager: fc.record(
      {
        replicas: fc.integer({ min: 1, max: 5 }),
        receivers: few(
          fc.oneof(
            fc.record({ type: fc.constant('pagerduty' as const), name, routingKeySecret: secretKey }),
            fc.record({ type: fc.constant('slack' as const), name, urlSecret: secretKey }),
            fc.record({ type: fc.constant('webhook' as const), name, urlSecret: secretKey, port, cidr }),
            fc.record({
              type: fc.constant('webhook' as const),
              name,
              url: host.map((text) => `http://${text}:8080/alerts`),
              tokenSecret: fc.option(secretKey),
              caSecret: fc.option(secretKey),
            }),
            fc.record({
              type: fc.constant('email' as const),
              name,
              host,
              from: fc.constant('alerts@example.com'),
              to: fc.array(fc.constant('team@example.com'), { minLength: 1, maxLength: 2 }),
              user: line,
              passwordSecret: fc.option(secretKey),
            }),
          ),
          (receiver) => receiver.name,
        ),
        deadMansSwitch: fc.option(fc.record({ urlSecret: secretKey, interval: fc.constantFrom('1m', '1h') })),
        retention: fc.constantFrom('1h', '120h', '2w'),
      },
      { requiredKeys: [] },
    ),
    jaeger: fc.record({
      ttl: fc.constantFrom('1h', '7d', '520w'),
      monitor: fc.boolean(),
      syncWrites: fc.boolean(),
      samplingStrategiesFile: fc.constantFrom(null, 'sampling/a.json'),
    }),
    grafana: fc.record(
      {
        rootUrl: host.map((text) => `https://${text}/`),
        admin: fc.record({ secretName: name, user: line }),
        plugins: few(
          fc.stringMatching(/^[a-z]{1,8}-[a-z]{1,8}@[0-9]\.[0-9]\.[0-9]$/),
          (plugin) => plugin.split('@')[0],
        ),
        smtp: fc.record({
          host,
          port,
          user: fc.option(line),
          passwordSecret: fc.option(secretKey),
          fromAddress: fc.constant('grafana@example.com'),
          cidr,
        }),
        contactPoints: few(
          fc.record({ type: fc.constant('slack' as const), name: line, urlSecret: secretKey }),
          (point) => point.name,
        ),
        folder: line,
      },
      { requiredKeys: [] },
    ),
    alerts: fc.record(
      {
        evaluatedBy: fc.constantFrom('prometheus', 'grafana'),
        owners: fc.record({ platform: name, services: name }),
        rules: fc.record({
          TargetDown: fc.record({ enabled: fc.boolean() }),
          CollectorQueueFills: fc.record({
            threshold: fc.integer({ min: 50, max: 90 }),
            for: fc.constantFrom('1m', '7d'),
          }),
        }),
      },
      { requiredKeys: [] },
    ),
    kubelet: fc.record({ enabled: fc.boolean(), verifyCertificates: fc.option(fc.boolean()) }),
    nodeExporter: fc.record({ enabled: fc.boolean(), namespace: name.map((text) => `n-${text}`) }),
    vllm: fc.option(
      fc.record({
        namespace: name.map((text) => `j-${text}`),
        podLabels: fc.dictionary(name, labelValue, { minKeys: 1, maxKeys: 2 }),
        port,
      }),
    ),
    gpu: fc.option(
      fc.record({
        namespace: name.map((text) => `j-${text}`),
        podLabels: fc.dictionary(name, labelValue, { minKeys: 1, maxKeys: 2 }),
      }),
    ),
    network: fc.record({
      allowFrom: fc.array(
        fc.record({
          namespace: name,
          podLabels: fc.dictionary(name, labelValue, { maxKeys: 2 }),
          to: fc.constantFrom(...REACHABLE),
        }),
        { maxLength: 3 },
      ),
      egress: fc.array(fc.record({ from: fc.constantFrom(...REACHABLE), host, port, cidr }), { maxLength: 3 }),
    }),
    images: fc.record(
      { registry: host, jaeger: fc.record({ tag: fc.stringMatching(/^v[0-9]\.[0-9]$/) }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
