import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as TablePanel } from '@grafana/grafana-foundation-sdk/table';
import type { Table } from '../spec';

/** A table: the series of all queries are merged into one row for each set of labels. */
export function table(panel: Table): TablePanel {
  const builder = new TablePanel()
    .filterable(true)
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({ id: 'organize', options: organized(panel) });
  for (const [heading, unit] of Object.entries(panel.units ?? {}))
    builder.overrideByName(heading, [{ id: 'unit', value: unit }]);
  for (const [heading, text] of Object.entries(panel.empty ?? {}))
    builder.overrideByName(heading, [{ id: 'noValue', value: text }]);
  if (panel.sortBy !== undefined)
    builder.sortBy([new TableSortByFieldStateBuilder().displayName(panel.sortBy).desc(true)]);
  return builder;
}

/** Headings and their order. Grafana calls the value of one query `Value`, those of several `Value #A` and so on. */
function organized({ columns, queries }: Table) {
  const labels = Object.entries(columns);
  const values = queries.map(({ legend }, index): [string, string] => [
    queries.length === 1 ? 'Value' : `Value #${String.fromCharCode('A'.charCodeAt(0) + index)}`,
    legend,
  ]);
  const all = [...labels, ...values];
  return {
    excludeByName: { Time: true },
    renameByName: Object.fromEntries(all),
    indexByName: Object.fromEntries(all.map(([name], index) => [name, index])),
  };
}
