import fc from 'fast-check';
import { ConfigError } from '../../config/problems';
import { CONFIG_HASH } from '../../lib/pod-template';
import { writeYaml } from '../../lib/yaml';
import { appsOf } from '../../stack/apps';
import { manifestsOf } from '../../stack/checks/manifest';
import { merge } from '../../stack/patches';
import { find, render, stackFrom } from '../support';

const messageOf = (text: string) => {
  try {
    stackFrom(text);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  return '';
};

test('fields that the typed objects do not know survive', () => {
  const manifests = render(`
patches:
  - kind: Deployment
    name: jaeger
    merge:
      spec:
        template:
          spec:
            fieldOfTheFuture: true
            hostUsers: false
  - kind: PersistentVolumeClaim
    name: jaeger-data
    json: [{op: replace, path: /spec/resources/requests/storage, value: 50Gi}]
  - kind: Service
    name: jaeger
    json: [{op: replace, path: /spec/ports/0/targetPort, value: 4317}]
`);
  expect(find(manifests, 'Deployment', 'jaeger').spec).toMatchObject({
    template: { spec: { fieldOfTheFuture: true, hostUsers: false } },
  });
  expect(find(manifests, 'PersistentVolumeClaim', 'jaeger-data').spec).toMatchObject({
    resources: { requests: { storage: '50Gi' } },
  });
  expect(find(manifests, 'Service', 'jaeger').spec).toMatchObject({
    ports: expect.arrayContaining([expect.objectContaining({ targetPort: 4317 })]),
  });
});

test('null removes, and patches apply in the order of the file', () => {
  const manifests = render(`
patches:
  - {kind: Deployment, name: grafana, merge: {spec: {revisionHistoryLimit: 9, strategy: null}}}
  - {kind: Deployment, name: grafana, json: [{op: test, path: /spec/revisionHistoryLimit, value: 9}, {op: remove, path: /spec/revisionHistoryLimit}]}
`);
  expect(find(manifests, 'Deployment', 'grafana').spec).not.toHaveProperty('strategy');
  expect(find(manifests, 'Deployment', 'grafana').spec).not.toHaveProperty('revisionHistoryLimit');
});

test('patching a configuration file changes the checksum, so that its pods restart', () => {
  const hash = (text: string) => {
    const { template } = find(render(text), 'Deployment', 'jaeger').spec as {
      template: { metadata: { annotations: Record<string, string> } };
    };
    return template.metadata.annotations[CONFIG_HASH];
  };
  const patched = "patches: [{kind: ConfigMap, name: jaeger-config, merge: {data: {extra.yaml: 'a: 1'}}}]";
  expect(hash('')).toMatch(/^[0-9a-f]{16}$/);
  expect(hash(patched)).not.toBe(hash(''));
  expect(hash('prometheus: {scrapeInterval: 30s}')).toBe(hash(''));
  const before = patched.replace('[', '[{kind: Deployment, name: jaeger, merge: {spec: {revisionHistoryLimit: 9}}}, ');
  expect(hash(before)).toBe(hash(patched));
});

test.each([
  ['no such object', '{kind: Deployment, name: grafanna, merge: {}}', 'did you mean Deployment/grafana?'],
  ['no such kind', '{kind: CronJob, name: backup, merge: {}}', 'an object of this environment'],
  [
    'a path that is not there',
    '{kind: Deployment, name: grafana, json: [{op: replace, path: /spec/nothing/here, value: 1}]}',
    'compare its paths with dist/',
  ],
  [
    'a test that fails',
    '{kind: Deployment, name: grafana, json: [{op: test, path: /spec/replicas, value: 2}]}',
    'compare its paths with dist/',
  ],
  [
    'a new name',
    '{kind: Deployment, name: grafana, merge: {metadata: {name: other}}}',
    'kind and metadata.name cannot be changed',
  ],
])('%s is a problem with its place in the file', (_name, patch, text) => {
  const message = messageOf(`patches: [${patch}]`);
  expect(message).toContain('environments/test.yaml  patches[0]');
  expect(message).toContain(text);
  expect(message).not.toMatch(/undefined|\[object/);
});

test.each([
  [
    'a map in a ConfigMap',
    '{kind: ConfigMap, name: jaeger-config, merge: {data: {config.yaml: {extensions: {a: 1}}}}}',
    'data.config.yaml',
  ],
  ['a number in a ConfigMap', '{kind: ConfigMap, name: jaeger-config, merge: {data: {x: 1}}}', 'data.x'],
  [
    'a list for the data',
    '{kind: ConfigMap, name: jaeger-config, json: [{op: replace, path: /data, value: [a]}]}',
    'data',
  ],
  [
    'a text for the whole object',
    "{kind: Deployment, name: jaeger, json: [{op: replace, path: '', value: a}]}",
    'the whole object',
  ],
  [
    'a number in the arguments',
    '{kind: Deployment, name: jaeger, merge: {spec: {template: {spec: {containers: [{name: jaeger, args: [1]}]}}}}}',
    'spec.template.spec.containers[0].args[0]',
  ],
  [
    'a text for the containers',
    '{kind: Deployment, name: jaeger, merge: {spec: {template: {spec: {containers: jaeger}}}}}',
    'spec.template.spec.containers',
  ],
  ['no template', '{kind: Deployment, name: jaeger, merge: {spec: {template: null}}}', 'spec.template'],
  ['no metadata', '{kind: Deployment, name: jaeger, merge: {metadata: null}}', 'metadata'],
  ['no version', '{kind: Deployment, name: jaeger, merge: {apiVersion: null}}', 'apiVersion'],
  [
    'a number as a label',
    '{kind: Service, name: jaeger, merge: {metadata: {labels: {tier: 1}}}}',
    'metadata.labels.tier',
  ],
])('%s is a problem, with the field of the object', (_what, patch, field) => {
  const message = messageOf(`patches: [${patch}]`);
  expect(message).toContain('environments/test.yaml  patches[0]');
  expect(message).toContain(`: ${field} has another form\n`);
});

test('a patch that fails does not make later ones fail', () => {
  const message = messageOf(`patches:
  - {kind: ConfigMap, name: jaeger-config, merge: {data: {x: {}}}}
  - {kind: Deployment, name: jaeger, merge: {spec: {revisionHistoryLimit: 9}}}
`);
  expect(message).toContain('patches[0]');
  expect(message).not.toContain('patches[1]');
});

/** Any value at any path of any object, by either kind of patch. */
const objects = render('').map(({ kind, metadata: { name } }) => ({ kind, name }));
const PARTS = [
  'metadata',
  'labels',
  'spec',
  'template',
  'containers',
  '0',
  'args',
  'env',
  'volumes',
  'data',
  'config.yaml',
  'name',
  '-',
  'kind',
  'ports',
];
const anyPatch = fc
  .record({
    target: fc.constantFrom(...objects),
    path: fc.array(fc.constantFrom(...PARTS), { maxLength: 6 }),
    op: fc.constantFrom('merge', 'add', 'replace', 'remove', 'move', 'copy'),
    value: fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, [], {}, 1, 'a', [{}], [null])),
  })
  .map(({ target, path, op, value }) => {
    const pointer = path.map((part) => `/${part}`).join('');
    if (op === 'merge')
      return {
        ...target,
        merge: { [path[0] ?? 'spec']: path.slice(1).reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) },
      };
    return {
      ...target,
      json: [
        {
          op,
          path: pointer,
          ...(['add', 'replace'].includes(op) ? { value } : op === 'remove' ? {} : { from: '/spec' }),
        },
      ],
    };
  });

test('120 random patches apply, or are problems with their place in the file', () => {
  let refused = 0;
  const property = fc.property(fc.array(anyPatch, { minLength: 1, maxLength: 2 }), (patches) => {
    try {
      writeYaml(...manifestsOf(appsOf(stackFrom(writeYaml({ patches })))));
    } catch (error) {
      refused += 1;
      expect(['ConfigError', 'StackError']).toContain((error as Error).name);
    }
  });
  fc.assert(property, { numRuns: 120, seed: 20261125 });
  expect(refused).toBeGreaterThan(30);
});

// The examples of RFC 7386, appendix A.
test.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('merge(%j, %j) is %j', (target, patch, result) => {
  expect(merge(target, patch)).toEqual(result);
});
