/** What messages say, and what they keep to themselves. */

import { ConfigError, type Problem, showValue } from '../../config/problems';
import { readVariables } from '../../config/variables';
import { writeYaml } from '../../lib/yaml';
import { readSettings } from '../../stack/load';
import { render } from '../support';

const problemsOf = (text: string): readonly Problem[] => {
  const result = readSettings('environments/bad.yaml', text);
  return result.ok ? [] : result.problems;
};
const messageOf = (text: string) => new ConfigError(problemsOf(text)).message;

describe('alternatives', () => {
  test.each([
    ['a receiver', 'alertmanager: {receivers: [{type: msteams, name: t}]}', '"email", "slack", "webhook", "pagerduty"'],
    ['a store', 'jaeger: {store: {type: mysql}}', '"badger", "opensearch", "elasticsearch", "cassandra"'],
    ['a database', 'grafana: {database: {type: mysql, host: x}}', '"sqlite", "postgres"'],
    ['a type that is missing', 'grafana: {database: {host: x}}', '"sqlite", "postgres"'],
  ])('%s: every value of type', (_what, text, values) => {
    expect(problemsOf(text)).toMatchObject([{ path: expect.stringMatching(/type$/), allowed: `one of ${values}` }]);
  });

  test('a key of another alternative, and the keys of the one that was chosen', () => {
    expect(problemsOf('grafana: {database: {type: sqlite, host: x}}')).toMatchObject([
      {
        path: 'grafana.database.host',
        allowed: 'one of the keys type; host belongs to type: postgres',
        fix: 'type: postgres, or remove this key',
      },
    ]);
    const [problem] = problemsOf(
      'alertmanager: {receivers: [{type: slack, name: a, urlSecret: {name: a, key: b}, chanel: x}]}',
    );
    expect(problem).toMatchObject({
      allowed: 'one of the keys type, name, urlSecret, channel',
      fix: 'did you mean channel?',
    });
  });

  test('what an alternative allows below a key that others have too', () => {
    expect(problemsOf('jaeger: {store: {type: cassandra, servers: [a], replicationFactor: 0}}')).toMatchObject([
      { path: 'jaeger.store.replicationFactor', allowed: expect.stringMatching(/from 1 to 10/) },
    ]);
  });
});

const SECRET = 'hunter2hunter2';

test.each([
  [
    'in the place of a Secret',
    `prometheus: {remoteWrite: [{name: m, url: 'https://m.example.com/x', basicAuth: {username: u, passwordSecret: ${SECRET}}}]}`,
  ],
  ['as a key in the place of a Secret', `grafana: {secretKey: {${SECRET}}}`],
  ['as the name of a Secret', `grafana: {secretKey: {name: ${SECRET}_, key: a}}`],
  ['as a number', 'grafana: {secretKey: 2222222222}'],
  ['below a key that is unknown', `grafana: {adminPassword: ${SECRET}}`],
  [
    'in a header',
    `prometheus: {remoteWrite: [{name: m, url: 'https://m.example.com/x', headers: {X-Scope-OrgID: '"${SECRET}'}}]}`,
  ],
  [
    'in an entry whose neighbour is wrong',
    `alertmanager: {receivers: [{type: webhook, name: a, url: 'https://a.example.com/${SECRET}/x', urlSecret: {name: ${SECRET}, key: a}}]}`,
  ],
  ['in a URL', `prometheus: {remoteWrite: [{name: a, url: 'https://u:${SECRET}@h.example/x'}]}`],
  ['in a URL, with a slash', `prometheus: {remoteWrite: [{name: a, url: 'https://u:a/${SECRET}@h.example/x'}]}`],
  ['in a URL without a scheme', `prometheus: {remoteWrite: [{name: a, url: 'u:${SECRET}@h.example/x'}]}`],
  ['in the query of a URL', `prometheus: {remoteWrite: [{name: a, url: 'https://h.example/x?token=${SECRET}'}]}`],
  [
    'in the path of a URL',
    `alertmanager: {receivers: [{type: webhook, name: a, url: 'HTTPS://hooks.slack.com/services/T0/B0/${SECRET}Xy'}]}`,
  ],
  ['in a patch', `patches: [{kind: Deployment, name: a, merge: ${SECRET}}]`],
  ['as a file of nothing else', SECRET],
  ['as an alias', `grafana: {secretKey: *${SECRET}}`],
  ['as a tag', `grafana: {secretKey: !${SECRET} x}`],
  ['as the header of a block', `grafana:\n  secretKey: |${SECRET}\n   x`],
  ['behind a bracket', `grafana: {secretKey: a}}${SECRET}`],
  ['as a directive', `%${SECRET}`],
])('a secret is not shown: %s', (_where, text) => {
  expect(problemsOf(text).length).toBeGreaterThan(0);
  expect(messageOf(text)).not.toContain(SECRET.slice(0, 7));
  expect(messageOf(text)).not.toContain('2222222222');
});

test('what is said of it instead', () => {
  expect(problemsOf(`grafana: {secretKey: ${SECRET}}`)).toMatchObject([{ value: 'a string of 14 characters' }]);
  expect(showValue({ username: 'u', passwordSecret: SECRET })).toBe(
    '{"username":"u","passwordSecret":"a string of 14 characters"}',
  );
  expect(showValue('https://hooks.slack.com/services/T0/B0/abcdefghijklmnop1')).toBe(
    '"https://hooks.slack.com/services/T0/B0/***"',
  );
  expect(showValue('https://mimir.example.com/prometheus-remote-write/api/v1/push')).toBe(
    '"https://mimir.example.com/prometheus-remote-write/api/v1/push"',
  );
});

test('nor in a variable', () => {
  const read = () =>
    readVariables([{ name: '.env.local', text: `OTEL_EXPORTER_OTLP_ENDPOINT="http://u:${SECRET}@h x"` }], {});
  expect(read).toThrow(/OTEL_EXPORTER_OTLP_ENDPOINT/);
  expect(read).not.toThrow(SECRET);
});

test.each(['\\e[31m', '\\x7f', '\\N', '\\L', '\\P', '\\ufeff', '\\r', '\\0', '\\ud800', '\\x9b'])(
  '%s in a value or a key is refused, and not printed',
  (written) => {
    const inValue = messageOf(`cluster: {name: "a${written}b"}`);
    const inKey = messageOf(`network: {allowFrom: [{namespace: a, to: grafana, podLabels: {"a${written}b": c}}]}`);
    expect(inValue).toMatch(
      /environments\/bad\.yaml:1 {2}cluster\.name\n {4}value {4}a string with the character U\+[0-9A-F]{4}\n[\s\S]*fix {6}remove U\+/,
    );
    expect(inKey).toMatch(/environments\/bad\.yaml:1 {2}network\.allowFrom\[0\]\.podLabels\n {4}value {4}a key with/);
    for (const message of [inValue, inKey])
      expect(message).not.toMatch(/(?!\n)[\p{Cc}\p{Surrogate}\u2028\u2029\ufeff]/u);
  },
);

test('a message moves no cursor and turns no line, whatever a key is', () => {
  const { message } = new ConfigError([
    { file: 'a', path: 'x\u001b[2J', value: '\u202e', allowed: '\u009b', fix: '\u2028' },
  ]);
  expect(message).toContain('x\\u001b[2J');
  expect(message).toContain('\\u202e');
});

describe('no secret in the output', () => {
  test.each([
    ...[
      'Authorization',
      'authorization',
      'Proxy-Authorization',
      'X-Api-Key',
      'apikey',
      'Api-Key',
      'Cookie',
      'Set-Cookie',
    ],
    ...['X-Auth-Token', 'X-Auth', 'X-Honeycomb-Team', 'signoz-ingestion-key', 'uptrace-dsn', 'X-Secret', 'DD-API-KEY'],
  ])('the header %s', (name) => {
    for (const place of [
      'prometheus: {remoteWrite: [{name: a, %}]}',
      'prometheus: {query: {%}}',
      'collector: {queue: {storage: 20Gi}, otlpMetrics: [{name: a, %}]}',
      'prometheus: {alertmanagers: [{name: a, %}]}',
    ]) {
      const [problem, ...others] = problemsOf(
        place.replace('%', `url: "https://m.example.com/x", headers: {${name}: ${SECRET}}`),
      );
      expect(others).toEqual([]);
      expect(problem).toMatchObject({
        path: expect.stringContaining(`headers.${name}`),
        fix: expect.stringMatching(/bearerTokenSecret/),
      });
      expect(JSON.stringify(problem)).not.toContain(SECRET);
    }
  });

  test.each(['X-Scope-OrgID', 'THANOS-TENANT', 'Content-Language', 'X-Author', 'X-Partition'])(
    'the header %s is none',
    (name) => {
      expect(problemsOf(`prometheus: {query: {url: "https://m.example.com/x", headers: {${name}: a}}}`)).toEqual([]);
    },
  );

  test('a header whose name is none', () => {
    expect(problemsOf('prometheus: {query: {url: "https://m.example.com/x", headers: {"a b": a}}}')).toMatchObject([
      {
        path: 'prometheus.query.headers.a b',
        allowed: expect.stringMatching(/the name of a header/),
        fix: 'rename this key',
      },
    ]);
  });

  test.each([
    'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX',
    'https://hc-ping.com/3a2b1c4d-1111-2222-3333-444455556666',
    'https://nosnch.in/0123456789',
    'https://example.webhook.office.com/webhookb2/0f1e2d3c4b5a69788796a5b4c3d2e1f0/x',
    'https://api.telegram.org/bot123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11/sendMessage',
  ])('%s is a credential by itself', (url) => {
    for (const text of [`receivers: [{type: webhook, name: a, url: "${url}"}]`, `deadMansSwitch: {url: "${url}"}`]) {
      const [problem, ...others] = problemsOf(`alertmanager: {${text}}`);
      expect(others).toEqual([]);
      expect(problem).toMatchObject({ path: expect.stringMatching(/\.url$/), fix: expect.stringMatching(/urlSecret/) });
    }
  });

  test.each([
    'hooks/alerts',
    'AlertmanagerWebhookReceiver',
    'api/v2/alertmanager-to-tickets-2',
    'prometheus_alerts_2026',
  ])('a webhook whose URL is an address: %s', (path) => {
    const receiver = `{type: webhook, name: a, url: "https://tickets.example.com/${path}"}`;
    expect(problemsOf(`alertmanager: {receivers: [${receiver}]}`)).toEqual([]);
  });
});

describe('names that every object of JavaScript has', () => {
  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'])(
    '%s is kept or refused, never dropped',
    (name) => {
      const places = [
        `${name}: {}`,
        `grafana: {${name}: 1}`,
        `network: {allowFrom: [{namespace: x, to: grafana, podLabels: {${name}: x}}]}`,
        `vllm: {namespace: x, podLabels: {a: b, ${name}: x}}`,
        `alerts: {rules: {${name}: {enabled: false}}}`,
        `prometheus: {remoteWrite: [{name: m, url: 'https://m.example.com/x', headers: {${name}: x}}]}`,
        `patches: [{kind: Service, name: grafana, merge: {metadata: {labels: {${name}: x}}}}]`,
        `patches: [{kind: Service, name: grafana, json: [{op: add, path: /metadata/labels/${name}, value: x}]}]`,
        `platform: ${name}`,
      ];
      for (const text of places) {
        const result = readSettings('environments/bad.yaml', text);
        if (result.ok) expect(writeYaml(...render(text))).toContain(`${name}: `);
        else expect(new ConfigError(result.problems).message).toContain(name);
      }
    },
  );
});

test('levels without end are a problem, not the end of the process', () => {
  for (const text of ['['.repeat(100_000), '{a: '.repeat(50_000), '- '.repeat(50_000), '? '.repeat(50_000)])
    expect(problemsOf(text)).toMatchObject([{ value: 'more than 200 levels of nesting' }]);
});

test('a text without end is not looked at without end', () => {
  expect(showValue('a:'.repeat(2_000_000))).toHaveLength(80);
});

test('of a file that is no YAML, the first problems only', () => {
  expect(problemsOf('}{][\n'.repeat(500)).length).toBeLessThanOrEqual(10);
});
