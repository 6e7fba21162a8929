/** The form of Grafana's files, and that each of its folders of provisioning files exists. */

import { Expansion, provisioningFile, Unexpanded } from '../../../charts/common/grafana-values';
import { grafanaTemplate } from '../../../charts/grafana/alert-template';
import { toIni } from '../../../charts/grafana/ini-file';
import { appsOf } from '../../../stack/apps';
import { manifestsOf } from '../../../stack/checks/manifest';
import { allStacks, configFrom } from '../../support';

describe('grafana.ini', () => {
  test('is written in sections, with quotes where a text needs them', () =>
    expect(toIni({ a: { x: 1, y: true, z: 'text' }, 'b.c': { u: 'a;b', f: Expansion.ofFile('/a') } })).toBe(
      '[a]\nx = 1\ny = true\nz = text\n\n[b.c]\nu = """a;b"""\nf = $__file{/a}\n',
    ));

  test.each(['', 'a\nb', 'a\u2028b', '${A}', 'a$__file{/b}', '%(a)s'])(
    'refuses %j, which Grafana would read as something else',
    (value) => expect(() => toIni({ a: { b: value } })).toThrow('[a] b of grafana.ini'),
  );
});

describe('provisioning files', () => {
  test('double the dollar signs in texts, not in file references', () =>
    expect(
      provisioningFile({
        a: '$x',
        b: Expansion.ofFile('/f', 'Bearer '),
        c: [new Unexpanded({ d: '$y' })],
        e: null,
        f: 1,
      }),
    ).toBe('a: $$x\nb: Bearer $__file{/f}\nc:\n  - d: $y\ne: null\nf: 1\n'));

  test.each(allStacks())('of $name exist in every folder that Grafana reads', ({ stack }) => {
    const grafana = manifestsOf(appsOf(stack)).find(
      ({ kind, metadata }) => /^(Deployment|StatefulSet)$/.test(kind) && metadata.name === 'grafana',
    );
    const paths = [...JSON.stringify(grafana).matchAll(/"path":"(\w+)\/[^"]+\.yaml"/g)].map(([, folder]) => folder);
    expect([...new Set(paths)].sort()).toEqual(['alerting', 'dashboards', 'datasources', 'plugins']);
  });
});

test('an alert template checks that its value exists before it prints it', () => {
  expect(grafanaTemplate('plain')).toBe('plain');
  expect(grafanaTemplate('costs $5')).toBe('costs {{ "$" }}5');
  expect(grafanaTemplate('{{ $labels.job }} has {{ $value | humanize }}, {{ printf "}}$value" }} {{ `"$x` }}')).toBe(
    '{{ if $values.A }}{{ $labels.job }} has {{ $values.A.Value | humanize }}, {{ printf "}}\\x24value" }} {{ "\\"\\x24x" }}' +
      '{{ else }}There is no value: the query returned no series, or failed.{{ end }}',
  );
});

describe('names of contact points', () => {
  const named = (name: string) => () =>
    configFrom(
      `grafana: {contactPoints: [{type: slack, name: ${JSON.stringify(name)}, urlSecret: {name: a, key: b}}]}`,
    );
  test.each(['On call #1 "now"', '$HOME', 'é'])('may be any text: %j', (name) =>
    expect(named(name)().grafana.contactPoints).toMatchObject([{ name }]),
  );
  test.each(['', ' a', 'a\u00a0', 'a\nb', 'a\u0000b', 'a\u2028b', 'a'.repeat(65)])('must be one line: %j', (name) =>
    expect(named(name)).toThrow('grafana.contactPoints[0].name'),
  );
});

describe('names for the database', () => {
  const database = (user: string) =>
    configFrom(
      `grafana: {secretKey: {name: a, key: b}, database: {type: postgres, host: db.example.com, passwordSecret: {name: a, key: b}, user: ${JSON.stringify(user)}}}`,
    ).grafana.database;
  test('are accepted where a connection string keeps them as they are', () =>
    expect(database('grafana@server')).toMatchObject({ user: 'grafana@server' }));
  test.each(['a host=evil', "a'", 'a\\'])('are refused where a connection string would split: %j', (user) =>
    expect(() => database(user)).toThrow('grafana.database.user'),
  );
});
