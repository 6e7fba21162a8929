import { MAX_OBJECT_BYTES } from '../../lib/limits';
import type { Manifest } from '../../stack/checks/manifest';
import { objectProblems } from '../../stack/checks/objects';
import { StackError } from '../../stack/checks/stack';
import { stackFrom } from '../support';

const object = (name: string, extra: Partial<Manifest> = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'a' },
  ...extra,
});

test('an object twice is told', () => {
  expect(objectProblems([object('x'), object('x'), object('y')])).toEqual([
    expect.stringMatching(/^ConfigMap a\/x is rendered twice/),
  ]);
  expect(
    objectProblems([
      object('x'),
      object('x', { metadata: { name: 'x', namespace: 'b' } }),
      object('x', { kind: 'Service' }),
    ]),
  ).toEqual([]);
});

test('an object that is too large is told with its size', () => {
  const data = { text: 'x'.repeat(MAX_OBJECT_BYTES) };
  expect(objectProblems([object('x', { data })])).toEqual([
    expect.stringMatching(/has 2\d{5} bytes, more than the 204800/),
  ]);
});

test.each(['Upper', 'under_score', '-a', 'a-', 'a..b', 'a'.repeat(64), ''])('the name "%s" is told', (name) => {
  expect(objectProblems([object(name)])).toEqual([expect.stringMatching(/no RFC 1123 name/)]);
});

test('the longest namespaces there may be are no problem', () => {
  expect(() => stackFrom(`{namespace: ${'a'.repeat(63)}, janServer: {namespace: ${'b'.repeat(63)}}}`)).not.toThrow();
});

test('what contradicts itself is one error that names the environment and all problems', () => {
  const text = `
patches:
  - {kind: ConfigMap, name: prometheus-config, json: [{op: add, path: /data/extra, value: 'https://a.example.com'}]}
  - {kind: ConfigMap, name: jaeger-config, merge: {data: {extra: 'https://b.example.com'}}}
`;
  expect(() => stackFrom(text)).toThrow(StackError);
  expect(() => stackFrom(text)).toThrow(
    /Environment test cannot be rendered:\n.*a\.example\.com:443[\s\S]*b\.example\.com:443/,
  );
});
