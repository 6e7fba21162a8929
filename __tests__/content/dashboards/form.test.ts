/** What the builders of dashboards refuse, and how they lay panels out. */
import { checkForm } from '../../../content/dashboards/render/form';
import { layout } from '../../../content/dashboards/render/layout';
import type { Dashboard, Lines, Panel, Table, Values } from '../../../content/dashboards/spec';
import { UNITS } from '../../../content/dashboards/units';
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';

const said = { description: 'What this number means, in a sentence', noData: 'What to check if there is no number' };
const stat = (title: string): Values => ({
  ...said,
  kind: 'stat',
  title,
  unit: UNITS.count,
  limits: null,
  queries: [{ expr: 'up', legend: 'up' }],
});
const lines = (title: string): Lines => ({
  ...said,
  kind: 'lines',
  title,
  unit: UNITS.count,
  queries: [{ expr: 'up', legend: '{{job}}' }],
});
const table: Table = {
  ...said,
  kind: 'table',
  title: 'Targets',
  unit: UNITS.count,
  columns: { job: 'Job' },
  queries: [{ expr: 'sum by (job) (up)', legend: 'Up' }],
  sortBy: 'Up',
};
const many = (count: number, make: (title: string) => Panel) =>
  Array.from({ length: count }, (_, index) => make(`panel ${index}`));
const dashboard = (...rows: Dashboard['rows']): Dashboard => ({
  uid: DASHBOARD_UIDS.nodes,
  title: 'Nodes',
  description: 'Are the nodes well',
  tags: [],
  variables: [],
  annotations: [],
  related: [],
  rows,
});
const state = { title: 'Is it well?', panels: many(4, stat) };
const problem = (...rows: Dashboard['rows']) => {
  try {
    checkForm(dashboard(...rows));
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
};

describe('the form', () => {
  test('is a row of stats, then the rest', () =>
    expect(problem(state, { title: 'Is it used?', panels: many(3, lines) })).toBe('none'));

  test.each([
    ['no state', [{ title: 'Is it used?', panels: many(3, lines) }], 'the first row is the present state'],
    ['a heading', [{ ...state, title: 'Now' }], 'row "Now": its title is the question'],
    ['a wall', [state, { title: 'What else?', panels: many(18, lines) }], 'px high when it is opened, of 2000'],
    [
      'a second row below the screen',
      [
        { ...state, panels: many(24, stat) },
        { title: 'Which?', panels: [lines('low')] },
      ],
      'the second row is not on the first screen',
    ],
    ['no description', [{ ...state, panels: [{ ...stat('a'), description: 'short' }] }], 'panel "a": describe'],
    ['no text for no data', [{ ...state, panels: [{ ...stat('a'), noData: '' }] }], 'panel "a": say what to check'],
    [
      'no legend',
      [{ ...state, panels: [{ ...stat('a'), queries: [{ expr: 'up', legend: '' }] as const }] }],
      'panel "a": a query has no legend',
    ],
    [
      'exemplars of something else than durations',
      [state, { title: 'Is it slow?', panels: [{ ...lines('rate'), exemplars: true }] }],
      'panel "rate": exemplars are durations',
    ],
    [
      'a table without an order',
      [state, { title: 'Which?', panels: [{ ...table, sortBy: 'Down' }] }],
      'panel "Targets": it has no column Down',
    ],
  ])('%s', (_name, rows, expected) => expect(problem(...(rows as Dashboard['rows']))).toContain(expected));
});

describe('the layout', () => {
  const widths = (panels: readonly Panel[]) =>
    layout([{ title: 'Is it well?', panels }])[0]?.panels.map(({ place: { w } }) => w);

  test.each([
    [1, [8]],
    [2, [12, 12]],
    [3, [8, 8, 8]],
    [4, [6, 6, 6, 6]],
    [5, [4, 4, 4, 4, 8]],
    [7, [3, 3, 3, 3, 3, 3, 6]],
    [8, [3, 3, 3, 3, 3, 3, 3, 3]],
  ])('%i stats have one width, and the last what is left', (count, expected) =>
    expect(widths(many(count, stat))).toEqual(expected),
  );

  test.each([
    [1, [24]],
    [2, [12, 12]],
    [3, [8, 8, 8]],
    [4, [12, 12, 12, 12]],
    [5, [12, 12, 8, 8, 8]],
    [6, [8, 8, 8, 8, 8, 8]],
  ])('%i graphs share lines of two and three', (count, expected) =>
    expect(widths(many(count, lines))).toEqual(expected),
  );

  test('panels of a closed row take no place', () => {
    const [, closed, next] = layout([
      state,
      { title: 'Why?', closed: true, panels: many(6, lines) },
      { title: 'Where?', panels: many(2, lines) },
    ]);
    expect(next?.place.y).toBe((closed?.place.y ?? 0) + 1);
  });
});
