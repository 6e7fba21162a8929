import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ConfigError, type Problem } from '../../config/problems';
import { loadEnvironments, readSettings } from '../../stack/load';

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

describe('names the file, the path, the value, what is allowed, and the fix', () => {
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

test('the whole message, as it is printed', () => {
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

describe('the files of a project', () => {
  let root: string;
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const failure = () => {
    try {
      loadEnvironments(root);
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'cdk8s-observability-'));
    write('environments/development.yaml', '');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('problems of all files come together', () => {
    write('environments/Bad Name.yaml', '');
    write('environments/broken.yaml', 'namespace: 1');
    write('rules/broken.yaml', 'groups: [{name: a, rules: [{alert: A, expr: "rate(x[5m"}, {alert: B}]}]');
    write('rules/doubled.yaml', 'groups: [{name: a, rules: []}, {name: a, rules: []}]');
    write('rules/promql.yaml', 'groups: [{name: a, rules: [{alert: A, expr: "rate(x[5m"}]}]');
    write('dashboards/broken.json', '{"title": "x"');
    write('dashboards/nameless.json', '{"panels": []}');
    write(
      'dashboards/promql.json',
      '{"title": "x", "uid": "y", "panels": [{"targets": [{"expr": "sum(rate(x[$__rate_interval])"}]}]}',
    );
    const message = failure();
    for (const place of [
      'Bad Name.yaml',
      'broken.yaml:1  namespace',
      'groups[0].rules[1].expr',
      'doubled.yaml:1  groups[1].name',
      'rules/promql.yaml:1  groups[0].rules[0].expr',
      'broken.json',
      'nameless.json',
      'panels[0].targets[0].expr',
    ]) {
      expect(message).toContain(place);
    }
    expect(message).not.toMatch(/undefined|\[object/);
  });

  test('files that are not read, or that no ConfigMap can contain', () => {
    write('environments/staging.yml', '');
    write('rules/shop.yml', '');
    write('rules/two words.yaml', 'groups: []');
    write('dashboards/shop.yaml', '');
    const message = failure();
    expect(message).toMatch(/environments\/staging\.yml\n.*not read\n.*rename it to staging\.yaml/);
    expect(message).toMatch(/rules\/shop\.yml\n/);
    expect(message).toMatch(/rules\/two words\.yaml\n.*file names of letters/);
    expect(message).toMatch(/dashboards\/shop\.yaml\n.*\n.*shop\.json/);
  });

  test('a dashboard with the uid of one of ours', () => {
    write('dashboards/a.json', '{"title": "A", "uid": "jan-server-overview"}');
    expect(failure()).toMatch(/one of our own has the same/);
  });

  describe('against the catalogue of metrics', () => {
    const alert = (expr: string) =>
      `groups: [{name: shop, rules: [{alert: A, expr: ${JSON.stringify(expr)}, for: 5m}]}]`;
    const panel = (expr: string, uid = 'prometheus') =>
      JSON.stringify({
        title: 'Shop',
        uid: 'shop',
        panels: [{ title: 'Orders', datasource: { type: 'prometheus', uid }, targets: [{ expr }] }],
      });

    test('a metric without a source: the spot, and how to declare it', () => {
      write('rules/shop.yaml', alert('rate(shop_orders_total[5m]) > 5'));
      const message = failure();
      expect(message).toContain('rules/shop.yaml:1  groups[0].rules[0].expr');
      expect(message).toContain(
        '    value    rate(shop_orders_total[5m]) > 5\n                  ^^^^^^^^^^^^^^^^^\n    allowed  no program in the catalogue emits shop_orders_total (unknown-metric)',
      );
      expect(message).toContain('declare it under metrics in environments/development.yaml');
    });

    test('a problem of two environments is reported once, with both', () => {
      write('environments/production.yaml', '');
      write('dashboards/shop.json', panel('sum(shop_orders)'));
      expect(failure().match(/unknown-metric/g)).toHaveLength(1);
      expect(failure()).toContain('environments/development.yaml and environments/production.yaml');
    });

    test('declared in one environment only', () => {
      write('environments/production.yaml', 'metrics: [{name: shop_orders, type: gauge}]');
      write('dashboards/shop.json', panel('sum(shop_orders)'));
      expect(failure()).toMatch(/metrics in environments\/development\.yaml,/);
    });

    test.each([
      ['its type', 'metrics: [{name: shop_orders, type: gauge}]', 'rate(shop_orders[5m]) > 1', 'rate-of-gauge'],
      [
        'its labels',
        'metrics: [{name: shop_orders, type: gauge, labels: [lane]}]',
        'shop_orders{line="a"} > 1',
        'unknown-label',
      ],
      ['our metrics', '', 'rate(otelcol_receiver_accepted_spans[5m]) > 1', 'unknown-metric'],
      ['versions that are not deployed', '', 'rate(otelcol_exporter_send_failed_spans[5m]) > 1', 'unknown-metric'],
    ])('%s', (_what, environment, expr, rule) => {
      write('environments/development.yaml', environment);
      write('rules/shop.yaml', alert(expr));
      expect(failure()).toContain(`(${rule})`);
    });

    test.each([
      [
        'a declared histogram',
        'metrics: [{name: shop_seconds, type: histogram}]',
        'histogram_quantile(0.9, rate(shop_seconds_bucket[5m])) > 1',
      ],
      ['a declared prefix', "metrics: [{name: 'shop_*'}]", 'rate(shop_orders_total{lane="a"}[5m]) > 1'],
      ['an SLO of the configuration', '', 'slo:burn_rate > 5'],
      ['a rule that is allowed', '', 'shop_orders > 1 # allow unknown-metric'],
    ])('%s is accepted', (_what, environment, expr) => {
      write('environments/development.yaml', environment);
      write('rules/shop.yaml', alert(expr));
      expect(loadEnvironments(root)).toHaveLength(1);
    });

    test('what one rule file records, another file and a dashboard may read', () => {
      write('rules/a.yaml', 'groups: [{name: a, rules: [{record: "job:up:sum", expr: "sum by (job) (up)"}]}]');
      write('rules/b.yaml', alert('job:up:sum{job="shop"} < 1'));
      write('dashboards/shop.json', panel('job:up:sum'));
      expect(loadEnvironments(root)).toHaveLength(1);
      write('dashboards/shop.json', panel('sum by (pod) (job:up:sum)'));
      expect(failure()).toMatch(/job:up:sum has no label pod \(unknown-label\)[\s\S]*its labels: job/);
    });

    test.each(['${DS_PROMETHEUS}', 'prometheus-2'])('a datasource that is not provisioned: %s', (uid) => {
      write('dashboards/shop.json', panel('sum(up)', uid));
      expect(failure()).toMatch(
        /dashboards\/shop\.json {2}panels\[0\]\.datasource[\s\S]*provisioned are:[\s\S]*uid: prometheus/,
      );
    });
  });

  test('two dashboards of one uid', () => {
    write('dashboards/a.json', '{"title": "A", "uid": "same"}');
    write('dashboards/b.json', '{"title": "B", "uid": "same"}');
    expect(failure()).toMatch(/dashboards\/b\.json {2}uid[\s\S]*a\.json has the same/);
  });

  test('a dashboard that no object can hold', () => {
    write('dashboards/large.json', JSON.stringify({ title: 'A', uid: 'a', text: 'x'.repeat(210 * 1024) }));
    expect(failure()).toMatch(/at most 204800 bytes/);
  });

  test('a sampling file that is absent, or says something else', () => {
    write('environments/development.yaml', 'jaeger: {samplingStrategiesFile: sampling/s.json}');
    expect(failure()).toMatch(/jaeger\.samplingStrategiesFile[\s\S]*create sampling\/s\.json/);
    write('sampling/s.json', '{"default_strategy": {"type": "sometimes", "param": 2}}');
    expect(failure()).toMatch(/sampling\/s\.json:1 {2}default_strategy\.type[\s\S]*"probabilistic", "ratelimiting"/);
  });

  test('rules and dashboards are provisioned with the environment', () => {
    write('rules/shop.yaml', 'groups: [{name: shop, rules: [{record: "a:b", expr: "sum(up)"}]}]');
    write('dashboards/shop.json', '{"title": "Shop", "uid": "shop"}');
    expect(loadEnvironments(root)).toMatchObject([
      { environment: 'development', rules: [{ name: 'shop.yaml' }], dashboards: [{ uid: 'shop' }] },
    ]);
  });

  test('a project without environments', () => {
    rmSync(join(root, 'environments'), { recursive: true });
    expect(failure()).toMatch(/at least one environment file/);
  });
});
