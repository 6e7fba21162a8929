/** Cells of tables without a number: they must not have the colour of a state. */
import { table } from '../../../content/dashboards/render/table';
import type { Table } from '../../../content/dashboards/spec';
import { UNITS } from '../../../content/dashboards/units';

const TABLE: Table = {
  kind: 'table',
  title: 'Services',
  description: '',
  noData: '',
  unit: UNITS.share,
  columns: { service_name: 'Service' },
  queries: [
    { expr: 'a', legend: 'Failing' },
    { expr: 'b', legend: 'Within' },
    { expr: 'c', legend: 'State' },
  ],
  cells: {
    Service: { empty: 'no name' },
    Failing: { show: 'colour', limits: { warning: 0.01, critical: 0.05 }, empty: 'no calls' },
    State: { show: 'colour', words: { 0: 'closed' } },
  },
  sortBy: 'Failing',
};

const propertyOf = (id: string, heading: string) => {
  const overrides = table(TABLE, { targets: new Map(), own: [] }).build().fieldConfig?.overrides ?? [];
  const properties = overrides.find(({ matcher }) => matcher.options === heading)?.properties;
  return properties?.find((property) => property.id === id)?.value;
};
const mappingsOf = (heading: string) => propertyOf('mappings', heading);
const without = (text: string) => ({
  type: 'special',
  options: { match: 'null+nan', result: { text, color: 'transparent' } },
});

test('a number that is missing or NaN has its text and no colour', () => {
  expect(mappingsOf('Failing')).toEqual([without('no calls')]);
  expect(mappingsOf('Within')).toEqual([without('')]);
});

test('besides the texts of values', () =>
  expect(mappingsOf('State')).toEqual([{ type: 'value', options: { 0: { text: 'closed', index: 0 } } }, without('')]));

test('a label stays as it is, and has its text if it is empty', () => {
  expect(mappingsOf('Service')).toBeUndefined();
  expect(propertyOf('noValue', 'Service')).toBe('no name');
});

test('an empty cell has no text of an empty panel', () => expect(propertyOf('noValue', 'Within')).toBe(''));
