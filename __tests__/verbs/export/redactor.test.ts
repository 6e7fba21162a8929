import fc from 'fast-check';
import { Redactor } from '../../../verbs/export/redactor';
import { formsOf } from '../../../verbs/export/secret-forms';

const value = (text: string, number = 1, names: readonly string[] = []) => ({
  name: `app/key-${number}`,
  token: `<s-${number}>`,
  patterns: formsOf(Buffer.from(text), names),
});
const SECRET = 'p/ss+w0rd & <more>';
const redactor = new Redactor([value(SECRET), value('admin', 2)]);
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('values of Secrets', () => {
  test.each([
    ['as it is', SECRET],
    ['in a URL', encodeURIComponent(SECRET)],
    ['in a form', new URLSearchParams({ a: SECRET }).toString().slice(2)],
    ['in JSON of Go', 'p/ss+w0rd \\u0026 \\u003cmore\\u003e'],
    ['in base64', base64(SECRET)],
    ['in base64 of URLs', Buffer.from(SECRET).toString('base64url')],
  ])('%s', (_how, form) => expect(redactor.text(`a ${form} b`)).toBe('a <s-1> b'));

  test.each([
    ['after other text', base64(`user:${SECRET}`)],
    ['twice in base64', base64(base64(`x ${SECRET}`))],
    ['URL-encoded in base64', base64(encodeURIComponent(`x ${SECRET}`))],
  ])('inside of base64: %s', (_how, form) => expect(redactor.text(`a ${form} b`)).toBe('a <removed base64> b'));

  test('a short one as a whole word', () => {
    expect(redactor.text('user admin of grafana-admin, admin-password, administrator')).toBe(
      'user <s-2> of grafana-admin, admin-password, administrator',
    );
  });

  test('one that is too short is not searched for, and that is known', () => {
    expect(value('yes').patterns).toEqual([]);
    expect(new Redactor([value('yes')]).text('yes, 443')).toBe('yes, 443');
  });

  test('one that is a public name, or a part of one, is not searched for: it would be replaced in that name', () => {
    const names = ['jan-monitoring', 'otel-collector'];
    for (const text of ['jan-monitoring', 'collector', 'otel-collector\n'])
      expect(value(text, 1, names).patterns).toEqual([]);
    for (const text of ['otel', 'jan-monitoring-1', 'Collector'])
      expect(value(text, 1, names).patterns).not.toEqual([]);
    const file = new Redactor([value('NAME=otel-collector\nKEY=hunter2-hunter2', 1, names)]);
    expect(file.text('otel-collector has hunter2-hunter2')).toBe('otel-collector has <s-1>');
  });

  test('a word of what stands for another value does not change that, and is none', () => {
    const words = new Redactor([value(SECRET), value('removed', 2), value('ip-1', 3), value('base64', 4)]);
    const text = words.text(`${SECRET} removed ip-1 base64 DB_PASSWORD=x9 ${base64(`x ${SECRET}`)}`);
    expect(text).toBe('<s-1> <s-2> <s-3> <s-4> DB_PASSWORD=<removed> <removed base64>');
    expect(words.text(text)).toBe(text);
    expect(words.secretsIn(text)).toEqual([]);
    expect(words.secretsIn(`${text} removed`)).toEqual(['app/key-2']);
  });

  test('as numbers of plain data', () => {
    expect(new Redactor([value('5432')]).data({ port: 5432, other: 54321, is: true })).toEqual({
      port: '<s-1>',
      other: 54321,
      is: true,
    });
  });

  test('the lines of a file, and their values', () => {
    const file = new Redactor([value('MODE=x\nDB_PASSWORD=hunter2-hunter2\n')]);
    expect(file.text('connects with hunter2-hunter2')).toBe('connects with <s-1>');
  });

  test('are known in what is left', () => {
    expect(redactor.secretsIn(`x ${base64(SECRET)}`)).toEqual(['app/key-1']);
    expect(redactor.secretsIn(redactor.text(`x ${base64(SECRET)}`))).toEqual([]);
  });
});

test('whatever the values are, no text has one afterwards, so that an export is always written', () => {
  const words = [
    'removed',
    'base64',
    'ip-1',
    's-11',
    'password',
    'name',
    'Bearer',
    'true',
    'abcd',
    'abcdabcd',
    '10.0.0.1',
  ];
  const word = fc.oneof(fc.constantFrom(...words), fc.string({ minLength: 1, maxLength: 12 }));
  const signs = fc.constantFrom(' ', '', ': ', '=', '"', '\n', '.', '-', '<', '>', '%20');
  const texts = fc.array(fc.tuple(word, signs), { maxLength: 30 }).map((parts) => parts.flat().join(''));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), texts, (secrets, text) => {
      const any = new Redactor(secrets.map((secret, index) => value(secret, index + 1)));
      const shuffled = [...secrets, text, ...secrets, base64(secrets.join(' '))].join('');
      for (const left of [any.text(shuffled), any.withoutSecrets(JSON.stringify(any.data({ [text]: [shuffled] })))])
        expect(any.secretsIn(left)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

describe('what is known by its form', () => {
  test.each([
    ['Authorization: Bearer abcdef123456', 'Authorization: <removed credential>'],
    ['{"authorization":"Basic dTpw"}', '{"authorization":"<removed credential>"}'],
    ['sent Bearer abc.def-ghi_jkl', 'sent Bearer <removed credential>'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln', '<removed JWT>'],
    ['postgres://u:p%40ss@db.example.com/x', 'postgres://<removed user>@db.example.com/x'],
    ['cookie: a=b; c=d', 'cookie: <removed cookie>'],
    ['DB_PASSWORD=x9 next', 'DB_PASSWORD=<removed> next'],
    ['{"client_secret": "x9", "a": 1}', '{"client_secret": "<removed>", "a": 1}'],
    ['run --api-key x9 now', 'run --api-key <removed> now'],
    ['https://x.example.com/?a=1&sig=abc&b=2', 'https://x.example.com/?a=1&sig=<removed parameter>&b=2'],
    ['-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----', '<removed PEM block>'],
    ['env {"name":"API_TOKEN","value":"x9"}', 'env {"name":"API_TOKEN","value":"<removed>"}'],
    ['   -> user.id: Str(anna)', '   -> user.id: Str(<removed>'],
    ['    Status message : cannot answer "my prompt"', '    Status message : <removed>'],
  ])('%s', (text, left) => expect(new Redactor([]).text(text)).toBe(left));

  test.each([
    'secret "grafana-admin" not found',
    'secretName: grafana-admin',
    'admin_password = $__file{/run/secrets/password}',
    'password_file: /etc/prometheus/secrets/password',
    'bearer_token: ${env:TOKEN}',
    'sum by (gen_ai_token_type) (rate(gen_ai_client_token_usage_sum{gen_ai_token_type="input"}[5m]))',
    'automountServiceAccountToken: false',
    'image docker.io/prom/prometheus@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    '/go/pkg/mod/github.com/prometheus/common@v0.72.0/route.go:12',
    '2026-11-26T11:36:46.482825530Z version 3.16.0 127.0.0.1:9090 [::1]:9090 169.254.20.10',
    '   -> http.route: Str(/v1/models)',
  ])('stays: %s', (text) => expect(new Redactor([]).text(text)).toBe(text));
});

test('the same address has the same number everywhere', () => {
  const addresses = new Redactor([]);
  expect(addresses.text('10.0.0.1:80 -> 10.0.0.2, Anna@example.org')).toBe('<ip-1>:80 -> <ip-2>, <email-1>');
  expect(addresses.text('[2001:db8::1]:80 10.0.0.1/32 anna@example.org ip-10-0-0-2.internal')).toBe(
    '[<ip-3>]:80 <ip-1>/32 <email-1> ip-<ip-2>.internal',
  );
  expect(addresses.text('10-0-0-1.shop.pod.cluster.local')).toBe('<ip-1>.shop.pod.cluster.local');
  expect(addresses.counts).toEqual({ addresses: 3, emails: 1 });
});

test('plain data: what a variable or a key names is removed, references are not', () => {
  const data = {
    env: [
      { name: 'DB_PASSWORD', value: 'x' },
      { name: 'DB_HOST', value: 'db' },
      { name: 'API_KEY', valueFrom: { secretKeyRef: { name: 'app', key: 'api-key' } } },
    ],
    data: { token: 'abc', count: 3, password: SECRET },
    createdBy: 'anna',
  };
  expect(redactor.data(data)).toEqual({
    env: [
      { name: 'DB_PASSWORD', value: '<removed>' },
      { name: 'DB_HOST', value: 'db' },
      { name: 'API_KEY', valueFrom: { secretKeyRef: { name: 'app', key: 'api-key' } } },
    ],
    data: { token: '<removed>', count: 3, password: '<s-1>' },
    createdBy: '<removed>',
  });
});

test('a second pass changes nothing', () => {
  const text = `DB_PASSWORD=${SECRET} from 10.0.0.1 by anna@example.org with ${base64(`x ${SECRET}`)}`;
  const once = redactor.text(text);
  expect(redactor.text(once)).toBe(once);
});

test('long texts take no long time', () => {
  const start = Date.now();
  for (const text of ['a', '1.', 'a:', '%41', 'password', '-> a', 'ab=', 'x@y.', '-----BEGIN '])
    new Redactor([value(SECRET)]).text(text.repeat(200_000 / text.length));
  expect(Date.now() - start).toBeLessThan(10_000);
});
