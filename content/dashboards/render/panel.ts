import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel as GrafanaPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as MapPanel } from '@grafana/grafana-foundation-sdk/nodegraph';
import { DATASOURCES } from '../datasources';
import type { NumberPanel, Panel, ServiceMap, Trace, Traces } from '../spec';
import { thresholds } from './fields';
import { idOf } from './id';
import { heatmap, lines, values } from './kinds';
import type { Place } from './layout';
import { dataLinks, type Titles } from './links';
import { type Check, targetsOf } from './queries';
import { table } from './table';
import { trace, traceTable } from './trace';

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
  const builder = 'queries' in panel ? ofNumbers(panel, titles) : ofTraces(panel, titles);
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

function ofTraces(panel: Traces | Trace | ServiceMap, titles: Titles) {
  switch (panel.kind) {
    case 'map':
      return new MapPanel().datasource(DATASOURCES.jaeger).unit('short');
    case 'trace':
      return trace();
    default:
      return traceTable(panel, titles);
  }
}
