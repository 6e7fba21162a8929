/** The parts of the model that have rules of their own: quantities, differences, and names. */
import type { Manifest } from '../../../stack/checks/manifest';
import { nameChanges } from '../../../verbs/changes/names';
import { amountOf } from '../../../verbs/changes/quantity';
import { differencesOf, idOf } from '../../../verbs/changes/tree';

describe('quantities', () => {
  test.each([
    ['10Gi', 10 * 2 ** 30],
    ['10G', 1e10],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['1e3', 1000],
    ['500m', 0.5],
    ['0', 0],
  ])('%s', (text, amount) => expect(amountOf(text)).toBe(amount));

  test.each(['', '10GB', 'ten', '1 Gi'])('%j is none', (text) =>
    expect(() => amountOf(text)).toThrow('is not a quantity'),
  );
});

describe('differences', () => {
  test('items with names are compared by name, whatever their order is', () => {
    const before = [{ name: 'a', value: 1 }, { name: 'b' }];
    const after = [{ name: 'b' }, { name: 'a', value: 2 }];
    expect(differencesOf(before, after, 'list')).toEqual([{ path: 'list[a].value', before: 1, after: 2 }]);
  });

  test('other items by their place, and names that repeat too', () => {
    expect(differencesOf([1, 2], [1], 'list')).toEqual([{ path: 'list[1]', before: 2, after: undefined }]);
    const twice = [{ name: 'a' }, { name: 'a', path: '/b' }];
    expect(differencesOf(twice, [{ name: 'a' }, { name: 'a', path: '/c' }], 'mounts')).toEqual([
      { path: 'mounts[1].path', before: '/b', after: '/c' },
    ]);
  });

  test('a missing field is one that is undefined, and null is a value', () => {
    expect(differencesOf({ a: undefined }, {})).toEqual([]);
    expect(differencesOf({ a: null }, {})).toEqual([{ path: 'a', before: null, after: undefined }]);
  });

  test('the version of the API does not identify an object, its group does', () => {
    const object = (apiVersion: string): Manifest => ({ apiVersion, kind: 'Ingress', metadata: { name: 'a' } });
    expect(idOf(object('networking.k8s.io/v1'))).toBe(idOf(object('networking.k8s.io/v1beta1')));
    expect(idOf(object('networking.k8s.io/v1'))).not.toBe(idOf(object('v1')));
  });
});

describe('names', () => {
  const rules = (...list: readonly object[]): readonly Manifest[] => [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'rules' },
      data: { 'a.yaml': JSON.stringify({ groups: [{ name: 'a', rules: list }] }) },
    },
  ];
  const changes = (before: readonly Manifest[], after: readonly Manifest[]) =>
    nameChanges(before, after).map((change) => `${change.kind} ${change.before} > ${change.after}`);

  test('another name for the same expression is a renaming', () => {
    const up = { expr: 'up == 0' };
    expect(changes(rules({ alert: 'Down', ...up }), rules({ alert: 'TargetDown', ...up }))).toEqual([
      'alert Down > TargetDown',
    ]);
    expect(changes(rules({ record: 'a:b', ...up }), rules({ record: 'a:c', ...up }))).toEqual([
      'recorded series a:b > a:c',
    ]);
  });

  test('another expression is not; and its metrics are listed where no rule queries them any more', () => {
    const before = rules({ alert: 'A', expr: 'old_total > 0' }, { alert: 'B', expr: 'kept > 0' });
    const after = rules({ alert: 'C', expr: 'new_total > kept' });
    expect(changes(before, after)).toEqual([
      'alert A > null',
      'alert B > null',
      'alert null > C',
      'metric old_total > null',
      'metric null > new_total',
    ]);
  });

  test('an alert of Grafana is found by its title', () => {
    const rule = (title: string) => ({ title, data: [{ model: { expr: 'up == 0' } }] });
    expect(changes(rules(rule('A')), rules(rule('B')))).toEqual(['alert A > B']);
  });
});
