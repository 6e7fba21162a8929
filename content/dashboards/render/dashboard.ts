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
import { idOf } from './id';
import { layout } from './layout';
import { dashboardLinks, TAG, type Titles } from './links';
import { renderPanel } from './panel';
import type { Check } from './queries';
import { labelValues, oneLabelValue } from './variable-query';

/**
 * A dashboard as Grafana's JSON model.
 * @param titles of all dashboards that are rendered: a link to another one is left out
 * @throws what `check` throws of an expression
 * @throws Error when two panels have one title
 */
export function renderDashboard(dashboard: Dashboard, titles: Titles, check: Check): GrafanaDashboard {
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
    .annotations(annotations.map((one) => annotation(title, one, check)))
    .links(dashboardLinks(related, titles));
  for (const { title: heading, place, panels } of layout(rows)) {
    builder.withRow(new RowBuilder(heading).id(idOf('row', heading)).gridPos(place));
    for (const { panel, place: where } of panels)
      builder.withPanel(renderPanel(panel, where, { dashboard: title, titles, check }));
  }
  return withUniqueIds(builder.build());
}

function withUniqueIds(dashboard: GrafanaDashboard): GrafanaDashboard {
  const seen = new Map<number | undefined, string | undefined>();
  for (const { id, title } of dashboard.panels ?? []) {
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

function annotation(title: string, { name, expr, text, colour }: Annotation, check: Check): AnnotationQueryBuilder {
  check(`${title}, annotation "${name}"`, expr);
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(DATASOURCES.prometheus)
    .enable(true)
    .iconColor(colour)
    .target(new DataqueryBuilder().refId('Anno').datasource(DATASOURCES.prometheus).expr(expr).range())
    .titleFormat(name)
    .textFormat(text);
}
