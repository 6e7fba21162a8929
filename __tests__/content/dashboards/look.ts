/** What a person sees of a dashboard when it is opened, read from its JSON: heights, the first screen, filters, colours. */

import { NO_DATA } from '../../../content/dashboards/render/fields';
import { type Catalogue, labelsOf } from '../../../promql/catalogue';
import { parsePromql } from '../../../promql/parse';
import type { Selector } from '../../../promql/syntax/ast';
import { descendants } from '../../../promql/syntax/walk';
import { type File, type Panel, panelsOf } from './dashboard-files';

/** Grafana's grid: 30 pixels a line, and 8 between two. */
const LINE = 38;
/** A screen of 1600 x 900, less Grafana's header and the line of variables, switches and links. */
const FIRST_SCREEN = 770;
const OPEN = 2000;

/** Panels that are there when the dashboard is opened, rows' headings among them. */
const open = ({ panels }: File) => panels;
const bottomOf = ({ gridPos: { y, h } }: Panel) => (y + h) * LINE;

/** Pixels of the open dashboard. */
export const openHeight = (file: File): number => Math.max(...open(file).map(bottomOf));

/** Titles of the panels that are wholly on the first screen. */
export const firstScreen = (file: File): string[] =>
  open(file)
    .filter((panel) => panel.type !== 'row' && bottomOf(panel) <= FIRST_SCREEN)
    .map(({ title }) => title);

/** What is wrong with the first screen and the height. */
export function layoutProblems(file: File): string[] {
  const [heading, ...others] = open(file);
  const second = others.findIndex(({ type }) => type === 'row');
  const state = others.slice(0, second === -1 ? undefined : second);
  const [, next] = second === -1 ? [] : others.slice(second);
  const lone = open(file).filter(({ type, gridPos }) => type === 'stat' && gridPos.w > 12);
  const rows = open(file).filter(({ type }) => type === 'row');
  return [
    ...(heading?.type === 'row' && state.every(({ type }) => type === 'stat') ? [] : ['the state is not first']),
    ...(new Set(state.map(({ gridPos: { y } }) => y)).size > 1 ? ['the state takes more than one line'] : []),
    ...(next !== undefined && bottomOf(next) > FIRST_SCREEN ? [`${next.title} is below the first screen`] : []),
    ...(openHeight(file) > OPEN ? [`${openHeight(file)} px are open`] : []),
    ...lone.map(({ title }) => `${title} is one number over the whole width`),
    ...rows.flatMap(({ title }) => (title.endsWith('?') ? [] : [`row ${title} is not a question`])),
  ];
}

/** Panels of one line have one width, but for the last, which fills it. */
export const unevenLines = (file: File): string[] => {
  const panels = panelsOf(file);
  // Map.groupBy came with Node 21.
  const lines = [...new Set(panels.map(({ gridPos }) => gridPos.y))].map((y) =>
    panels.filter(({ gridPos }) => gridPos.y === y),
  );
  return lines
    .filter((line) => line.every(({ type }) => type === 'stat'))
    .filter((line) => new Set(line.slice(0, -1).map(({ gridPos: { w } }) => w)).size > 1)
    .map(([first]) => `the line of ${first?.title}`);
};

const selectorsOf = (expr: string): Selector[] => {
  const parsed = parsePromql(expr, true);
  return parsed.ok ? descendants(parsed.expr).filter((part) => part.kind === 'selector') : [];
};

/** A variable of a dashboard and the label that its values are of. */
export const labelOf = ({ definition, query }: File['templating']['list'][number]): string | undefined =>
  /label_values\(.*, *(\w+)\)$|by \((\w+)\)/
    .exec(definition ?? (typeof query === 'object' ? query.query : ''))
    ?.slice(1)
    .find(Boolean);

/** Queries for metrics that have the label of a variable, and are not filtered by it. */
export function unfiltered(file: File, catalogue: Catalogue): string[] {
  const variables = file.templating.list.flatMap((variable) => {
    const label = labelOf(variable);
    return label === undefined ? [] : [{ name: variable.name, label }];
  });
  return panelsOf(file).flatMap(({ title, targets }) =>
    (targets ?? []).flatMap(({ expr }) =>
      selectorsOf(expr ?? '').flatMap(({ names, matchers }) => {
        const labels = new Set(
          names.flatMap((name) => catalogue.series(name).flatMap((series) => [...labelsOf(series)])),
        );
        return variables
          .filter(({ label }) => labels.has(label))
          .filter(({ name }) => !matchers.some(({ value }) => new RegExp(`\\$\\{?${name}\\b`).test(value)))
          .map(({ name }) => `${title}: ${names.join()} is not filtered by $${name}`);
      }),
    ),
  );
}

/** Labels whose values have colours of their own. */
const MEANING = /\{\{(http_response_status_code|status|code|severity|phase)\}\}/;

/** What is wrong with the look of a panel. */
export function lookProblems(panel: Panel): string[] {
  const { type, title, targets = [], fieldConfig, options } = panel;
  const { defaults, overrides = [] } = fieldConfig;
  // A query for exemplars has no line.
  const legends = targets.map(({ legendFormat = '' }) => legendFormat).filter((legend) => legend !== 'exemplars');
  const many = legends.length > 3 || legends.some((legend) => legend.includes('{{'));
  const coloured = overrides.some(({ properties }) => properties.some(({ id }) => id === 'color'));
  const found: string[] = [];
  if (/^(pps|Bps|ops|dtdhms)$/.test(defaults.unit ?? '')) found.push(`unit ${defaults.unit}`);
  if (type === 'stat' || type === 'bargauge') {
    if (defaults.noValue !== NO_DATA) found.push('a text for no data that is too long');
    if (!defaults.mappings?.some(({ type: kind }) => kind === 'special'))
      found.push('no data has the colour of a value');
    if (defaults.color?.mode !== 'thresholds') found.push('no colour by threshold');
  }
  if (type === 'timeseries') {
    if (many !== (options?.legend?.displayMode === 'table')) found.push('the form of the legend');
    if (many && options?.legend?.calcs?.join() !== 'lastNotNull,max,mean')
      found.push('a legend without last, max and mean');
    if (defaults.custom?.showPoints !== 'never') found.push('dots');
    if (defaults.max === undefined && defaults.custom?.axisSoftMax === undefined) found.push('no soft maximum');
    if (legends.some((legend) => MEANING.test(legend)) && !coloured) found.push('colours without meaning');
    if (targets.some(({ exemplar }) => exemplar === true) && !/^(s|suffix:s)$/.test(defaults.unit ?? ''))
      found.push('exemplars, which are seconds, on an axis of something else');
  }
  if (type === 'table' && (options?.sortBy?.length ?? 0) === 0 && targets.some(({ expr }) => expr !== undefined))
    found.push('no order');
  if (type === 'heatmap' && options?.yAxis?.unit === defaults.unit) found.push('cells with the unit of the axis');
  return found.map((problem) => `${title}: ${problem}`);
}
