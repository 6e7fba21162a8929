import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { Panel as GrafanaPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as MapPanel } from '@grafana/grafana-foundation-sdk/nodegraph';
import { PanelBuilder as TablePanel } from '@grafana/grafana-foundation-sdk/table';
import { DATASOURCES } from '../datasources';
import type { NumberPanel, Panel, ServiceMap, Traces } from '../spec';
import { thresholds } from './fields';
import { idOf } from './id';
import { heatmap, lines, values } from './kinds';
import type { Place } from './layout';
import { dataLinks, type Titles } from './links';
import { type Check, targetsOf } from './queries';
import { table } from './table';

/** What the panels of one dashboard have in common. */
export interface PanelContext {
  /** Title of the dashboard, for errors. */
  readonly dashboard: string;
  readonly titles: Titles;
  readonly check: Check;
}

/**
 * A panel as Grafana's JSON model.
 * @throws what `check` throws of an expression
 */
export function renderPanel(
  panel: Panel,
  place: Place,
  { dashboard, titles, check }: PanelContext,
): Builder<GrafanaPanel> {
  const { title, description, noData } = panel;
  const targets = targetsOf(`${dashboard}, panel "${title}"`, panel, check);
  const builder = 'queries' in panel ? ofNumbers(panel, titles) : ofTraces(panel);
  return builder
    .id(idOf('panel', title))
    .title(title)
    .description(description)
    .noValue(noData)
    .gridPos(place)
    .targets(targets);
}

function ofNumbers(panel: NumberPanel, titles: Titles) {
  return ofKind(panel)
    .datasource(DATASOURCES.prometheus)
    .unit(panel.unit)
    .thresholds(thresholds(panel.limits))
    .dataLinks(dataLinks(panel.links ?? [], titles));
}

function ofKind(panel: NumberPanel) {
  switch (panel.kind) {
    case 'lines':
      return lines(panel);
    case 'table':
      return table(panel);
    case 'heatmap':
      return heatmap(panel);
    default:
      return values(panel);
  }
}

/** Jaeger defines the columns. The unit `string` prevents Grafana from reading a trace ID as a number. */
function ofTraces(panel: Traces | ServiceMap) {
  if (panel.kind === 'map') return new MapPanel().datasource(DATASOURCES.jaeger).unit('short');
  const builder = new TablePanel().datasource(DATASOURCES.jaeger).unit('string');
  if (panel.anyTag === undefined) return builder;
  // The results of several searches are merged into one table without duplicates.
  return builder
    .withTransformation({ id: 'merge', options: {} })
    .sortBy([new TableSortByFieldStateBuilder().displayName('Start time').desc(true)]);
}
