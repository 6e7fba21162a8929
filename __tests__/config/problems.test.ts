/** What a user who wrote something wrong reads: file, path, value, what is allowed, and the fix. */
import { ConfigError, type Problem } from '../../config/problems';
import { readSettings } from '../../stack/load';

const problemsOf = (text: string): readonly Problem[] => {
  const result = readSettings('environments/bad.yaml', text);
  return result.ok ? [] : result.problems;
};

// Each row: what a user wrote, where the problem is, and what the message must contain.
const BAD: [name: string, text: string, path: string, allowed: RegExp, fix: RegExp][] = [
  ['an unknown key', 'prometeus: {}', 'prometeus', /one of the keys namespace, platform/, /did you mean prometheus\?/],
  [
    'an unknown nested key',
    'prometheus: {retention: {tme: 1d}}',
    'prometheus.retention.tme',
    /time, size/,
    /did you mean time\?/,
  ],
  ['a key that resembles none', 'x: 1', 'x', /one of the keys/, /remove this key/],
  ['a duration without unit', 'prometheus: {scrapeInterval: 15}', 'prometheus.scrapeInterval', /from 1s to 2m/, /15s/],
  [
    'a duration out of bounds',
    'prometheus: {scrapeInterval: 20m}',
    'prometheus.scrapeInterval',
    /from 1s to 2m/,
    /15s/,
  ],
  ['a duration in another form', 'jaeger: {ttl: 1h30m}', 'jaeger.ttl', /from 1h to 520w/, /7d/],
  ['a size with a decimal unit', 'prometheus: {storage: 10GB}', 'prometheus.storage', /from 128Mi to 64Ti/, /15Gi/],
  [
    'an unknown choice',
    'collector: {metricsPath: oltp}',
    'collector.metricsPath',
    /"scrape", "otlp"/,
    /did you mean otlp\?/,
  ],
  ['a platform that is none', 'platform: 7', 'platform', /"generic"/, /generic/],
  ['a name with capitals', 'namespace: Monitoring', 'namespace', /lower-case letters/, /jan-monitoring/],
  ['a name that is too long', `namespace: ${'a'.repeat(64)}`, 'namespace', /63 characters/, /jan-monitoring/],
  ['a system namespace', 'namespace: kube-system', 'namespace', /neither default nor/, /jan-monitoring/],
  ["Jan Server's own namespace", 'namespace: jan-server', 'namespace', /another namespace than/, /jan-monitoring/],
  ['a list where a map belongs', 'grafana: []', 'grafana', /object/, /grafana/],
  ['a metric without type', 'metrics: [{name: shop_orders}]', 'metrics[0].type', /counter, gauge/, /type/],
  [
    'a part of a histogram',
    'metrics: [{name: shop_seconds_bucket, type: histogram}]',
    'metrics[0].name',
    /without _bucket/,
    /shop_orders_total/,
  ],
  [
    'a metric name with a dash',
    'metrics: [{name: shop-orders, type: gauge}]',
    'metrics[0].name',
    /name of a metric/,
    /name/,
  ],
  ['null where a map belongs', 'grafana: null', 'grafana', /object/, /grafana/],
  ['a port out of range', 'cluster: {apiServer: {ports: [0]}}', 'cluster.apiServer.ports[0]', /from 1 to 65535/, /1/],
  ['a fraction', 'prometheus: {replicas: 1.5}', 'prometheus.replicas', /from 1 to 3/, /1/],
  ['not a number', 'janServer: {limits: {samples: .nan}}', 'janServer.limits.samples', /from 100 to 1000000/, /20000/],
  [
    'a plugin without version',
    'grafana: {plugins: [grafana-clock-panel]}',
    'grafana.plugins[0]',
    /id@version/,
    /grafana-clock-panel@2\.1\.8/,
  ],
  [
    'a label of the span metrics that they have anyway',
    'collector: {spanMetrics: {dimensions: [http.route, peer.service]}}',
    'collector.spanMetrics.dimensions',
    /none of those that span metrics have anyway: .*peer_service/,
    /remove the attribute that becomes peer_service/,
  ],
  ['a plugin twice', 'grafana: {plugins: [a-b@1.0.0, a-b@1.1.0]}', 'grafana.plugins', /once/, /rename/],
  ['the tag latest', 'images: {jaeger: {tag: latest}}', 'images.jaeger.tag', /never "latest"/, /v3\.16\.0/],
  [
    'half a digest',
    'images: {jaeger: {digest: sha256:abc}}',
    'images.jaeger.digest',
    /64 hexadecimal digits/,
    /sha256:0/,
  ],
  [
    'an IPv4 range without length',
    'cluster: {apiServer: {cidr: 10.0.0.1}}',
    'cluster.apiServer.cidr',
    /CIDR/,
    /203\.0\.113\.0\/24/,
  ],
  [
    'credentials in a URL',
    'prometheus: {remoteWrite: [{name: a, url: "https://u:secret@h.example/x"}]}',
    'prometheus.remoteWrite[0].url',
    /without credentials/,
    /https:/,
  ],
  [
    'a remote write without URL',
    'prometheus: {remoteWrite: [{name: a}]}',
    'prometheus.remoteWrite[0].url',
    /http/,
    /https:/,
  ],
  [
    'two kinds of authentication',
    'prometheus: {remoteWrite: [{name: a, url: "https://h.example/x", basicAuth: {username: u, passwordSecret: {name: a, key: b}}, bearerTokenSecret: {name: a, key: b}}]}',
    'prometheus.remoteWrite[0]',
    /not both/,
    /./,
  ],
  [
    'two remote writes of one name',
    'prometheus: {remoteWrite: [{name: a, url: "https://h.example/x"}, {name: a, url: "https://h.example/y"}]}',
    'prometheus.remoteWrite',
    /once/,
    /rename/,
  ],
  [
    'retention that fills the claim',
    'prometheus: {retention: {size: 10Gi}, storage: 10Gi}',
    'prometheus.storage',
    /at least 13Gi/,
    /13Gi/,
  ],
  [
    'a claim without room for a block that is written',
    'prometheus: {retention: {size: 128Mi}, storage: 1Gi}',
    'prometheus.storage',
    /at least 2Gi/,
    /2Gi/,
  ],
  [
    'a queue that fills the claim',
    'collector: {queue: {size: 4Gi, storage: 5Gi}}',
    'collector.queue.storage',
    /at least 9Gi/,
    /9Gi/,
  ],
  [
    'two queues on the claim of one',
    'collector: {metricsPath: otlp, queue: {size: 2Gi, storage: 5Gi}}',
    'collector.queue.storage',
    /2 queue/,
    /9Gi/,
  ],
  [
    'an e-mail contact point without mail server',
    'grafana: {contactPoints: [{type: email, name: a, addresses: [a@example.com]}]}',
    'grafana.contactPoints',
    /only with grafana\.smtp/,
    /smtp/,
  ],
  [
    'a contact point of another type',
    'grafana: {contactPoints: [{type: teams, name: a}]}',
    'grafana.contactPoints[0].type',
    /./,
    /./,
  ],
  [
    'a service twice',
    'janServer: {services: [{name: a, port: 80}, {name: a, port: 80}]}',
    'janServer.services',
    /once/,
    /remove/,
  ],
  ['an INI line break', 'grafana: {folder: "a\\nadmin_password = x"}', 'grafana.folder', /one line/, /Jan Server/],
  [
    'a folder outside the project',
    'jaeger: {samplingStrategiesFile: ../secrets.json}',
    'jaeger.samplingStrategiesFile',
    /inside the project/,
    /sampling\/development\.json/,
  ],
  ['a patch without change', 'patches: [{kind: Service, name: a}]', 'patches[0].merge', /RFC 7386/, /add merge/],
  [
    'an unknown patch operation',
    'patches: [{kind: Service, name: a, json: [{op: append, path: /a}]}]',
    'patches[0].json[0].op',
    /./,
    /./,
  ],
  ['a doubled key', 'namespace: a\nnamespace: b', '', /each key once/, /syntax/],
  ['a broken file', 'namespace: [', '', /YAML 1\.2/, /syntax/],
  ['text', 'just text', '', /object/, /./],
  ['an undefined alias', 'namespace: *a', '', /YAML/, /./],
];

describe('a problem names file, path, value, what is allowed, and the fix', () => {
  test.each(BAD)('%s', (_name, text, path, allowed, fix) => {
    const problems = problemsOf(text);
    expect(problems).toContainEqual(
      expect.objectContaining({
        file: 'environments/bad.yaml',
        path,
        allowed: expect.stringMatching(allowed),
        fix: expect.stringMatching(fix),
      }),
    );
  });
});

test('the message as it is printed', () => {
  const text =
    'namespace: monitoring\nprometheus:\n  scrapeInterval: 15\n  retention:\n    time: 1y\ngrafana: {pasword: hunter2}\n';
  expect(new ConfigError(problemsOf(text)).message).toMatchInlineSnapshot(`
"3 problems in the configuration

  environments/bad.yaml:3  prometheus.scrapeInterval
    value    15
    allowed  a duration from 1s to 2m: a whole number and one of s, m, h, d, w (string)
    fix      for example scrapeInterval: "15s"

  environments/bad.yaml:5  prometheus.retention.time
    value    "1y"
    allowed  a duration from 2h to 520w: a whole number and one of s, m, h, d, w (string)
    fix      for example time: "30d"

  environments/bad.yaml:6  grafana.pasword
    allowed  one of the keys replicas, database, secretKey, rootUrl, admin, plugins, smtp, contactPoints, folder, dashboards, prices, storage, resources
    fix      remove this key"
`);
});

test('an unknown key shows no value, and a URL no credentials: both may be secret', () => {
  const text =
    'grafana: {adminPassword: hunter2}\nprometheus: {remoteWrite: [{name: a, url: "https://u:hunter2@h.example/x"}]}';
  const { message } = new ConfigError(problemsOf(text));
  expect(message).toContain('grafana.adminPassword');
  expect(message).toContain('//***@');
  expect(message).not.toContain('hunter2');
});

test('every problem is reported at once', () => {
  expect(
    problemsOf('namespace: A\nplatform: B\ncollector: {metricsPath: c}\nx: 1')
      .map(({ path }) => path)
      .sort(),
  ).toEqual(['collector.metricsPath', 'namespace', 'platform', 'x']);
});

test('an empty file is an environment of defaults', () => {
  expect(readSettings('environments/empty.yaml', '')).toMatchObject({
    ok: true,
    value: { namespace: 'jan-monitoring' },
  });
});
