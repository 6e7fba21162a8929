import { select } from '../../../../content/dashboards/render/select';
import type { Dashboard, Table } from '../../../../content/dashboards/spec';
import { UNITS } from '../../../../content/dashboards/units';
import { DASHBOARD_UIDS } from '../../../../lib/dashboard-uids';
import { EMITTERS } from '../../../../metrics/emitters';

const table: Table = {
  kind: 'table',
  title: 'Programs',
  description: 'How many targets each has',
  unit: UNITS.count,
  noData: 'Is the program scraped?',
  columns: { job: 'Job' },
  queries: [
    { expr: 'sum by (job) (on_up)', legend: 'Up' },
    { expr: 'sum by (job) (off_memory)', legend: 'Memory' },
    { expr: 'sum by (job) (on_found)', legend: 'Found' },
  ],
  sortBy: 'Found',
};

/** The table where the metrics of one emitter have no source. */
function left(panel: Table) {
  const dashboard: Dashboard = {
    uid: DASHBOARD_UIDS.nodes,
    title: 'Nodes',
    description: 'Are the nodes well',
    tags: [],
    variables: [],
    annotations: [],
    related: [],
    rows: [{ title: 'Which?', panels: [panel] }],
  };
  const missing = (expr: string) => (expr.includes('off_') ? EMITTERS.nodeExporter : undefined);
  return select(dashboard, missing).dashboard?.rows[0]?.panels[0];
}

test.each([
  ['its own column', { sortBy: 'Found' }, { sortBy: 'Found' }],
  ['its own columns', { sortBy: 'Found', thenBy: 'Job' }, { sortBy: 'Found', thenBy: 'Job' }],
  ['the second column, where the first is gone', { sortBy: 'Memory', thenBy: 'Found' }, { sortBy: 'Found' }],
  ['the first column, where the second is gone', { sortBy: 'Found', thenBy: 'Memory' }, { sortBy: 'Found' }],
  ['the first number, where the column is gone', { sortBy: 'Memory' }, { sortBy: 'Up' }],
])('a table is sorted by %s', (_name, order, expected) => {
  const panel = left({ ...table, ...order });
  expect(panel).toMatchObject(expected);
  expect(Object.keys(panel ?? {}).includes('thenBy')).toBe('thenBy' in expected);
});
