import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  type Dashboard as GrafanaDashboard,
  QueryVariableBuilder,
  RowBuilder,
  TextBoxVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { DATASOURCES } from '../datasources';
import type { Annotation, Dashboard, TextVariable, Variable } from '../spec';
import { checkForm } from './form';
import { idOf } from './id';
import { layout } from './layout';
import { dashboardLinks, TAG, type Targets } from './links';
import { renderPanel } from './panel';
import type { Note } from './queries';
import { labelValues, oneLabelValue } from './variable-query';

/**
 * A dashboard as Grafana's JSON model.
 * @param targets all dashboards that are rendered: a link to another one is left out
 * @param note is given each query
 * @throws Error when two panels have one title, or its form is not that of our dashboards (`checkForm`)
 */
export function renderDashboard(dashboard: Dashboard, targets: Targets, note: Note): GrafanaDashboard {
  checkForm(dashboard);
  const {
    uid,
    title,
    description,
    tags,
    listed = true,
    refresh = '30s',
    variables,
    annotations,
    related,
    rows,
  } = dashboard;
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([...(listed ? [TAG] : []), ...tags])
    .time({ from: 'now-1h', to: 'now' })
    .refresh(refresh)
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly()
    .variables(variables.map((one) => ('kind' in one ? textField(one) : variable(one))))
    .annotations(annotations.map((one) => annotation(title, one, note)))
    .links(dashboardLinks(related, targets));
  const to = { targets, own: variables.map(({ name }) => name) };
  for (const { row, place, panels } of layout(rows)) {
    const heading = new RowBuilder(row.title).id(idOf('row', row.title)).gridPos(place);
    const rendered = panels.map((one) => renderPanel(one.panel, one.place, { dashboard: title, to, note }));
    if (row.closed === true) {
      // The panels of a closed row are inside it.
      for (const panel of rendered) heading.withPanel(panel);
      builder.withRow(heading.collapsed(true));
    } else {
      builder.withRow(heading);
      for (const panel of rendered) builder.withPanel(panel);
    }
  }
  return inSight(withUniqueIds(builder.build()));
}

/** The SDK's default puts links and switches into a menu. Without a place they are at the top. */
function inSight(dashboard: GrafanaDashboard): GrafanaDashboard {
  for (const one of [...(dashboard.links ?? []), ...(dashboard.annotations?.list ?? [])]) delete one.placement;
  return dashboard;
}

function withUniqueIds(dashboard: GrafanaDashboard): GrafanaDashboard {
  const seen = new Map<number | undefined, string | undefined>();
  const all = (dashboard.panels ?? []).flatMap((panel) => [panel, ...('panels' in panel ? panel.panels : [])]);
  for (const { id, title } of all) {
    if (seen.has(id))
      throw new Error(`Dashboard ${dashboard.uid}: "${seen.get(id)}" and "${title}" have one id. Change a title.`);
    seen.set(id, title);
  }
  return dashboard;
}

function variable({ name, label, description, of, series, several, first }: Variable): Builder<VariableModel> {
  const { query, regex } = several ? labelValues(series[0], of) : oneLabelValue(series[0], of);
  const builder = new QueryVariableBuilder(name)
    .label(label)
    .description(description)
    .datasource(DATASOURCES.prometheus)
    .query({ query, refId: name })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(several)
    .includeAll(several);
  if (regex !== undefined) builder.regex(regex);
  // "All" is one short pattern, not the list of all values.
  if (several) return builder.allValue('.*').current({ selected: true, text: 'All', value: '$__all' });
  return first === undefined ? builder : builder.current({ selected: true, text: first, value: first });
}

const textField = ({ name, label, description }: TextVariable): Builder<VariableModel> =>
  new TextBoxVariableBuilder(name)
    .label(label)
    .description(description)
    .defaultValue('')
    .current({ selected: true, text: '', value: '' });

function annotation(
  title: string,
  { name, expr, text, colour, on = true }: Annotation,
  note: Note,
): AnnotationQueryBuilder {
  note(`${title}, annotation "${name}"`, expr);
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(DATASOURCES.prometheus)
    .enable(on)
    .iconColor(colour)
    .target(new DataqueryBuilder().refId('Anno').datasource(DATASOURCES.prometheus).expr(expr).range())
    .titleFormat(name)
    .textFormat(text);
}
