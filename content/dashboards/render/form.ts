/** The form that every dashboard has, so that a person finds the answer at once. */
import type { Dashboard, Panel } from '../spec';
import { DURATIONS } from '../units';
import { LINE_PIXELS, layout, openLines } from './layout';

/** Pixels that a dashboard has when it is opened; more belongs into closed rows. */
const OPEN_PIXELS = 2000;
/** Pixels of a screen of 1600 x 900 below Grafana's own header and the line of variables, switches and links. */
const SCREEN_PIXELS = 770;
/** Fewest characters of a text that says something. */
const SENTENCE = 20;

/**
 * Checks the form of a dashboard.
 * @throws Error that lists all that is wrong with it
 */
export function checkForm(dashboard: Dashboard): void {
  const problems = [
    ...ofRows(dashboard),
    ...ofSearches(dashboard),
    ...dashboard.rows.flatMap(({ panels }) => panels).flatMap((panel) => ofPanel(panel)),
  ];
  if (problems.length > 0) throw new Error(`Dashboard ${dashboard.uid}:\n${problems.join('\n')}`);
}

function ofRows({ rows }: Dashboard): string[] {
  const placed = layout(rows);
  const [state, next] = placed;
  const open = openLines(placed);
  const second = next?.panels[0]?.place ?? { y: 0, h: 0 };
  const said = rows.filter(({ title }) => !title.endsWith('?')).map(({ title }) => title);
  return [
    ...(state?.panels.every(({ panel: { kind } }) => kind === 'stat') && state.row.closed !== true
      ? []
      : ['the first row is the present state: stats, and open']),
    ...(open * LINE_PIXELS <= OPEN_PIXELS
      ? []
      : [
          `it is ${open * LINE_PIXELS} px high when it is opened, of ${OPEN_PIXELS}: close rows of details (closed: true)`,
        ]),
    ...((second.y + second.h) * LINE_PIXELS <= SCREEN_PIXELS ? [] : ['the second row is not on the first screen']),
    ...said.map((title) => `row "${title}": its title is the question that it answers, and ends with a question mark`),
  ];
}

/** Jaeger searches the traces of one service: a variable with several values is an error in each panel of traces. */
function ofSearches({ variables, rows }: Dashboard): string[] {
  const several = variables.flatMap((one) => ('several' in one && one.several ? [`$${one.name}`] : []));
  return rows
    .flatMap(({ panels }) => panels)
    .filter((panel) => panel.kind === 'traces' && several.includes(panel.service))
    .map(({ title }) => `panel "${title}": Jaeger searches one service, and its variable has several values`);
}

function ofPanel(panel: Panel): string[] {
  const problems = [
    ...(panel.description.length < SENTENCE ? ['describe what the numbers mean'] : []),
    ...(panel.noData.length < SENTENCE ? ['say what to check where there is no data'] : []),
    ...('queries' in panel && panel.queries.some(({ legend }) => legend === '') ? ['a query has no legend'] : []),
    ...(panel.kind === 'lines' && panel.exemplars === true && !DURATIONS.has(panel.unit)
      ? ['exemplars are durations: show them on a panel of durations']
      : []),
    ...(panel.kind === 'table'
      ? [panel.sortBy, ...(panel.thenBy === undefined ? [] : [panel.thenBy])]
          .filter((heading) => !headings(panel).includes(heading))
          .map((heading) => `it has no column ${heading} to sort by`)
      : []),
  ];
  return problems.map((problem) => `panel "${panel.title}": ${problem}`);
}

const headings = ({ columns, queries }: Extract<Panel, { kind: 'table' }>): string[] => [
  ...Object.values(columns),
  ...queries.map(({ legend }) => legend),
];
