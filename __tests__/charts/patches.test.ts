import { merge } from '../../charts/patches';
import { ConfigError } from '../../config/problems';
import { CONFIG_HASH } from '../../lib/pod-template';
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

test('a field and a form that the typed objects do not know survive', () => {
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

test('a patched configuration replaces the pods that read it at their start', () => {
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
