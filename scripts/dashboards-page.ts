/** The list of our dashboards: what each panel shows, and why it is missing in an environment. */
import type { Outcome } from '../content/dashboards';
import type { Panel } from '../content/dashboards/spec';
import { unitInWords } from '../content/dashboards/units';
import { table } from '../lib/markdown';
import type { Emitter } from '../promql/metric';
import type { Built } from './built';

/** A dashboard with its outcome in each environment. */
interface Entry {
  /** Of the environment with the most panels: some are only there where their subject is configured, as those of remote write. */
  readonly fullest: Outcome;
  readonly byEnvironment: ReadonlyMap<string, Outcome>;
}

/** One page of Markdown: a table of the dashboards, then a section for each dashboard with a row for each panel. */
export function dashboardsPage(environments: readonly Built[]): string {
  const entries = entriesOf(environments);
  const names = environments.map(({ config }) => config.environment);
  const overview = entries.map(({ fullest: { dashboard }, byEnvironment }) => [
    `[${dashboard.title}](#${dashboard.uid})`,
    dashboard.description,
    ...names.map((name) => summaryOf(byEnvironment.get(name))),
  ]);
  const intro =
    'The dashboards of Grafana, with the number of their panels in each environment. A panel without a source for its metrics ' +
    'is left out, and so is a dashboard without panels. `grafana.dashboards.<uid>.enabled: false` disables a dashboard. ' +
    'The description of each panel says what its numbers mean, and what to check if it is empty. Every PromQL query ' +
    'is checked against the catalogue of metrics.\n\n' +
    'Each dashboard begins with the present state in one row; grey is no data. Rows of details are closed until a click. The switches at ' +
    'the top show where alerts begin, where containers begin to run another image, and where the Collector refuses data. A click on a ' +
    'line, a value or the first column of a table leads on, with the time range and the chosen values: to the service, to its traces, and ' +
    'to one trace, which viewers may open too. Each alert names the panel that shows it, and has a page of its own with its runbook.';
  const sections = entries.map(sectionOf);
  return `# Dashboards\n\n${intro}\n\n${table(['dashboard', 'answers', ...names], overview)}\n\n${sections.join('\n')}`;
}

function entriesOf(environments: readonly Built[]): Entry[] {
  const entries = new Map<string, { fullest: Outcome; byEnvironment: Map<string, Outcome> }>();
  for (const { config, stack } of environments) {
    for (const outcome of stack.rules.outcomes) {
      const entry = entries.get(outcome.dashboard.uid) ?? { fullest: outcome, byEnvironment: new Map() };
      if (panelsOf(outcome.dashboard).length > panelsOf(entry.fullest.dashboard).length) entry.fullest = outcome;
      entry.byEnvironment.set(config.environment, outcome);
      entries.set(outcome.dashboard.uid, entry);
    }
  }
  return [...entries.values()];
}

const panelsOf = ({ rows }: Outcome['dashboard']): readonly Panel[] => rows.flatMap(({ panels }) => panels);

function summaryOf(outcome: Outcome | undefined): string {
  if (outcome === undefined) return 'none';
  if (outcome.selected !== undefined) return `${panelsOf(outcome.selected).length}`;
  const missing = [...new Set(outcome.leftOut.map((one) => one.missing))];
  return missing.length === 0 ? 'disabled' : `off: ${missing.map(needs).join(', ')}`;
}

const needs = ({ title, switchedOnBy }: Emitter): string =>
  switchedOnBy === null ? `needs ${title}` : `needs ${title} (\`${switchedOnBy}\`)`;

function sectionOf({ fullest: { dashboard }, byEnvironment }: Entry): string {
  const rows = dashboard.rows.flatMap(({ title, closed, panels }) =>
    panels.map((panel) => [
      closed === true ? `${title} (closed)` : title,
      panel.title,
      panel.description,
      'unit' in panel ? unitInWords(panel.unit) : '',
      missingIn(panel.title, byEnvironment),
    ]),
  );
  const heading = `<a id="${dashboard.uid}"></a>\n\n## ${dashboard.title}\n\n${dashboard.description}. Its uid is \`${dashboard.uid}\`.`;
  return `${heading}\n\n${table(['row', 'panel', 'shows', 'unit', 'left out in'], rows)}\n`;
}

const missingIn = (title: string, byEnvironment: ReadonlyMap<string, Outcome>): string =>
  [...byEnvironment]
    .flatMap(([environment, { dashboard, leftOut }]) => {
      if (!panelsOf(dashboard).some((panel) => panel.title === title)) return [`${environment}: not configured`];
      const found = leftOut.find((one) => one.title === title);
      return found === undefined ? [] : [`${environment}: ${needs(found.missing)}`];
    })
    .join('; ');
