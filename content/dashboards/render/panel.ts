import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel as GrafanaPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as MapPanel } from '@grafana/grafana-foundation-sdk/nodegraph';
import { DATASOURCES } from '../datasources';
import type { JaegerMap, NumberPanel, Panel, Trace, Traces } from '../spec';
import { UNITS } from '../units';
import { alertList } from './alert-list';
import { NO_DATA, thresholds } from './fields';
import { idOf } from './id';
import type { Place } from './layout';
import { heatmap, lines } from './lines';
import { dataLinks, type Links } from './links';
import { serviceMap } from './map';
import { type Note, targetsOf } from './queries';
import { table } from './table';
import { trace, traceTable } from './trace';
import { values } from './values';

/** What the panels of one dashboard have in common. */
export interface PanelContext {
  /** Title of the dashboard, for errors. */
  readonly dashboard: string;
  /** Where its links can lead. */
  readonly to: Links;
  readonly note: Note;
}

/**
 * A panel as Grafana's JSON model.
 * @param note is given each query
 */
export function renderPanel(panel: Panel, place: Place, { dashboard, to, note }: PanelContext): Builder<GrafanaPanel> {
  const { title } = panel;
  const targets = targetsOf(`${dashboard}, panel "${title}"`, panel, note);
  return ofPanel(panel, to)
    .id(idOf('panel', title))
    .title(title)
    .description(descriptionOf(panel))
    .noValue(isSmall(panel) ? NO_DATA : panel.noData)
    .gridPos(place)
    .targets(targets);
}

/** A stat or a bar has no room for a sentence. */
const isSmall = ({ kind }: Panel) => kind === 'stat' || kind === 'bars';

const descriptionOf = (panel: Panel) =>
  isSmall(panel) ? `${panel.description}.\n\nWithout data: ${panel.noData}` : panel.description;

function ofPanel(panel: Panel, to: Links) {
  if (panel.kind === 'map') return serviceMap(panel, to);
  if (panel.kind === 'alerts') return alertList(panel);
  return 'queries' in panel ? ofNumbers(panel, to) : ofTraces(panel, to);
}

function ofNumbers(panel: NumberPanel, to: Links) {
  const builder = ofKind(panel, to)
    .datasource(DATASOURCES.prometheus)
    .unit(panel.kind === 'heatmap' ? panel.cells : panel.unit)
    .thresholds(thresholds('limits' in panel ? panel.limits : undefined));
  // "2 days, 3 hours" rather than "2 days".
  if (panel.unit === UNITS.age) builder.decimals(1);
  // In a table, links belong to a column.
  return panel.kind === 'table' ? builder : builder.dataLinks(dataLinks(panel.links ?? [], to));
}

function ofKind(panel: NumberPanel, to: Links) {
  switch (panel.kind) {
    case 'lines':
      return lines(panel);
    case 'table':
      return table(panel, to);
    case 'heatmap':
      return heatmap(panel);
    default:
      return values(panel);
  }
}

function ofTraces(panel: Traces | Trace | JaegerMap, to: Links) {
  switch (panel.kind) {
    case 'jaegerMap':
      return new MapPanel().datasource(DATASOURCES.jaeger).unit('short');
    case 'trace':
      return trace();
    default:
      return traceTable(panel, to);
  }
}
