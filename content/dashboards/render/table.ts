import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as TablePanel } from '@grafana/grafana-foundation-sdk/table';
import type { Column, Table } from '../spec';
import { mappings, stepsOf, withoutData } from './fields';
import { dataLinks, type Links } from './links';
import { refId } from './ref-id';

/** Pixels of a column of numbers, heading and sort arrow included: what is left belongs to the labels, which are longer. */
const NUMBER_WIDTH = 110;
/** Pixels below which a label would be cut. */
const LABEL_WIDTH = 120;

/** A table: the series of all queries are merged into one row for each set of labels. */
export function table(panel: Table, to: Links): TablePanel {
  const builder = new TablePanel()
    .minWidth(LABEL_WIDTH)
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({ id: 'organize', options: organized(panel) })
    .sortBy(order(panel));
  for (const [heading, properties] of overridesOf(panel, to)) builder.overrideByName(heading, properties);
  return builder;
}

const order = ({ sortBy, thenBy, ascending }: Table) =>
  [sortBy, ...(thenBy === undefined ? [] : [thenBy])].map((heading) =>
    new TableSortByFieldStateBuilder().displayName(heading).desc(ascending !== true),
  );

/** How each column is shown, by heading. */
function overridesOf(panel: Table, to: Links): [heading: string, properties: DynamicConfigValue[]][] {
  const [first] = Object.values(panel.columns);
  const numbers = new Set(panel.queries.map(({ legend }) => legend));
  const headings = [...Object.values(panel.columns), ...numbers];
  return headings.map((heading) => {
    const column = panel.cells?.[heading] ?? {};
    const links = column.links ?? (heading === first ? panel.links : undefined) ?? [];
    const width = column.width ?? (numbers.has(heading) ? NUMBER_WIDTH : undefined);
    return [
      heading,
      [
        ...(width === undefined ? [] : [{ id: 'custom.width', value: width }]),
        ...shown(column),
        ...texts(column, numbers.has(heading)),
        ...(links.length === 0 ? [] : [{ id: 'links', value: dataLinks(links, to).map((link) => link.build()) }]),
      ],
    ];
  });
}

function shown({ unit, show, max, limits, hidden }: Column): DynamicConfigValue[] {
  const steps = { mode: 'absolute', steps: stepsOf(limits) };
  const coloured = [
    { id: 'thresholds', value: steps },
    { id: 'color', value: { mode: 'thresholds' } },
  ];
  return [
    ...(unit === undefined ? [] : [{ id: 'unit', value: unit }]),
    ...(hidden === true ? [{ id: 'custom.hideFrom', value: { viz: true, legend: false, tooltip: true } }] : []),
    ...(show === 'bar' ? [...coloured, ...BAR] : []),
    ...(show === 'colour' ? [...coloured, { id: 'custom.cellOptions', value: COLOUR }] : []),
    ...(max === undefined ? [] : [{ id: 'max', value: max }]),
  ];
}

/**
 * Texts instead of values. Without a text of its own, an empty cell would have that of an empty panel, a whole sentence. A number that is
 * missing or cannot be divided has no colour: Grafana gives it that of the lowest step, so that "no calls" would be as green as "no call
 * fails" (packages/grafana-data, displayProcessor.ts).
 */
function texts({ words, empty = '' }: Column, isNumber: boolean): DynamicConfigValue[] {
  const replaced = [
    ...(words === undefined ? [] : [mappings(words)]),
    ...(isNumber ? [withoutData(empty, 'transparent')] : []),
  ];
  return [{ id: 'noValue', value: empty }, ...(replaced.length === 0 ? [] : [{ id: 'mappings', value: replaced }])];
}

/** A bar up to the largest value of its own column: by default it would be that of all columns, whatever they count. */
const BAR: readonly DynamicConfigValue[] = [
  { id: 'custom.cellOptions', value: { type: 'gauge', mode: 'basic', valueDisplayMode: 'text' } },
  { id: 'fieldMinMax', value: true },
  { id: 'min', value: 0 },
];
const COLOUR = { type: 'color-background', mode: 'basic' };

/** Headings and their order. Grafana calls the value of one query `Value`, those of several `Value #A` and so on. */
function organized({ columns, queries }: Table) {
  const labels = Object.entries(columns);
  const values = queries.map(({ legend }, index): [string, string] => [
    queries.length === 1 ? 'Value' : `Value #${refId(index)}`,
    legend,
  ]);
  const all = [...labels, ...values];
  return {
    excludeByName: { Time: true },
    renameByName: Object.fromEntries(all),
    indexByName: Object.fromEntries(all.map(([name], index) => [name, index])),
  };
}
