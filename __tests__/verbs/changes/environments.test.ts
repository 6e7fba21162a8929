/** Environments of two renderings, side by side. */
import type { Manifest } from '../../../stack/checks/manifest';
import { pairEnvironments } from '../../../verbs/changes/environments';

const stackIn = (name: string): readonly Manifest[] => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'nodes', labels: { 'app.kubernetes.io/instance': name } } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'app.kubernetes.io/instance': name } } },
];
/** Environments with the namespace of each. */
const rendering = (namespaces: Readonly<Record<string, string>>) =>
  new Map(Object.entries(namespaces).map(([name, namespace]) => [name, stackIn(namespace)]));
const pairsOf = (old: Readonly<Record<string, string>>, next: Readonly<Record<string, string>>) =>
  pairEnvironments(rendering(old), rendering(next)).map(({ name, was, before, after }) =>
    [was ?? '', name, before.length > 0, after.length > 0].join(' '),
  );

test('by name', () =>
  expect(pairsOf({ a: 'x', b: 'x' }, { a: 'y', b: 'x' })).toEqual([' a true true', ' b true true']));

test('a file that is renamed is the same stack', () =>
  expect(pairsOf({ a: 'x', production: 'x' }, { a: 'x', prod: 'x' })).toEqual([
    ' a true true',
    'production prod true true',
  ]));

test('not where the namespace is another, or where several could be meant', () => {
  expect(pairsOf({ a: 'x', b: 'y' }, { a: 'x', c: 'z' })).toEqual([' a true true', ' b true false', ' c false true']);
  expect(pairsOf({ a: 'x', b: 'x' }, { c: 'x' })).toEqual([' a true false', ' b true false', ' c false true']);
  expect(pairsOf({ a: 'x' }, { b: 'x', c: 'x' })).toEqual([' a true false', ' b false true', ' c false true']);
});

test('two renderings of one environment each belong together', () =>
  expect(pairsOf({ a: 'x' }, { b: 'y' })).toEqual(['a b true true']));
