import type { Emitter } from '../../../promql/metric';
import type { MissingSource } from '../../missing-source';
import type { Annotation, Dashboard, NumberPanel, Panel, Query, Row, Variable } from '../spec';

/** A panel that was left out, and the emitter that is missing. */
export interface LeftOut {
  readonly title: string;
  readonly missing: Emitter;
}

/** A dashboard without the panels of disabled emitters. */
export interface Selection {
  /** Undefined where no panel is left. */
  readonly dashboard: Dashboard | undefined;
  readonly leftOut: readonly LeftOut[];
}

/** Leaves out queries whose metrics have no source, then whatever is empty without them: panels, rows, variables, the dashboard. */
export function select(dashboard: Dashboard, missing: MissingSource): Selection {
  const leftOut: LeftOut[] = [];
  const kept = (panel: Panel): Panel[] => {
    const rest = withSources(panel, missing);
    if (!('missing' in rest)) return [rest];
    leftOut.push(rest);
    return [];
  };
  const rows = dashboard.rows
    .map((row): Row => ({ ...row, panels: row.panels.flatMap(kept) }))
    .filter(({ panels }) => panels.length > 0);
  const annotations = dashboard.annotations.filter(({ expr }) => missing(expr) === undefined);
  const variables = dashboard.variables
    .filter(({ name }) => isUsed(name, rows, annotations))
    .map((variable) => ('kind' in variable ? variable : withSource(dashboard, variable, missing)));
  return { dashboard: rows.length === 0 ? undefined : { ...dashboard, rows, annotations, variables }, leftOut };
}

/** The panel with those of its queries that have a source; if there are none, the disabled emitter. */
function withSources(panel: Panel, missing: MissingSource): Panel | LeftOut {
  if (!('queries' in panel)) return panel;
  const answers = panel.queries.map((query) => ({ query, off: missing(query.expr) }));
  const [first, ...others] = answers.flatMap(({ query, off }): Query[] => (off === undefined ? [query] : []));
  if (first !== undefined) return inOrder({ ...panel, queries: [first, ...others] });
  return { title: panel.title, missing: answers.flatMap(({ off }) => off ?? [])[0] as Emitter };
}

/** A table whose order was that of a column that was left out has the order of the columns that are left. */
function inOrder(panel: NumberPanel): NumberPanel {
  if (panel.kind !== 'table') return panel;
  const { thenBy, ...table } = panel;
  const headings = [...Object.values(panel.columns), ...panel.queries.map(({ legend }) => legend)];
  const [sortBy = panel.queries[0].legend, second] = [panel.sortBy, thenBy].filter(
    (heading) => heading !== undefined && headings.includes(heading),
  );
  return { ...table, sortBy, ...(second !== undefined && { thenBy: second }) };
}

function isUsed(name: string, rows: readonly Row[], annotations: readonly Annotation[]): boolean {
  const use = new RegExp(`\\$(\\{${name}\\b|${name}\\b)`);
  return use.test(JSON.stringify([rows.map(({ panels }) => panels), annotations]));
}

/** @throws Error if a panel uses a variable whose values have no source */
function withSource({ uid }: Dashboard, variable: Variable, missing: MissingSource): Variable {
  const series = variable.series.find((candidate) => missing(candidate) === undefined);
  if (series !== undefined) return { ...variable, series: [series] };
  throw new Error(
    `Dashboard ${uid}: panels use $${variable.name}, and no emitter of ${variable.series.join(' or ')} is on. ` +
      'Add a series of a metric that those panels have too.',
  );
}
