/** Each dashboard is pinned once: in dist/, or here where only a fixture has it. `npx jest -u environments` writes the files. */
import { join } from 'node:path';
import { DASHBOARD_UIDS } from '../../lib/dashboard-uids';
import { appsOf, buildStack, type Stack } from '../../stack/apps';
import { manifestsOf } from '../../stack/checks/manifest';
import { loadEnvironments } from '../../stack/load';
import { configFrom, fixtures, isDashboard, ROOT } from '../support';
import { compactJson } from '../support/compact-json';
import { expectFolder } from '../support/snapshot-files';
import { wrap } from '../support/wrapped-lines';

/** The texts of each dashboard of some stacks, by the name of its file. */
function dashboardsOf(stacks: readonly Stack[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { data = {} } of stacks.flatMap((stack) => manifestsOf(appsOf(stack))).filter(isDashboard))
    for (const [file, text] of Object.entries(data)) found.set(file, [...(found.get(file) ?? []), text]);
  return found;
}

const inDist = dashboardsOf(loadEnvironments(ROOT).map((config) => buildStack(config, '')));
const inFixtures = dashboardsOf(fixtures().map(({ text }) => buildStack(configFrom(text), '')));

const wrapped = (text: string) => text.split('\n').flatMap(wrap).join('\n');

interface Panel {
  readonly id: number;
  readonly title: string;
  /** Panels of a closed row. */
  readonly panels?: readonly Panel[];
}
interface Dashboard {
  readonly panels: readonly Panel[];
}
const panelsOf = (text = '{"panels":[]}') =>
  (JSON.parse(text) as Dashboard).panels.flatMap(({ panels = [], ...panel }) => [panel, ...panels]);

/** Panels that a dashboard has in fixtures only, where they have a source: vLLM, GPUs, prices. */
function panelsOfFixtures(file: string): readonly Panel[] {
  const known = new Set(
    inDist
      .get(file)
      ?.flatMap(panelsOf)
      .map(({ title }) => title),
  );
  const found = new Map((inFixtures.get(file) ?? []).flatMap(panelsOf).map((panel) => [panel.title, panel] as const));
  return [...found.values()].filter(({ title }) => !known.has(title));
}

test('dashboards and panels that dist/ does not have are pinned here', () => {
  const dashboards = [...inFixtures].flatMap(([file, [text = '']]) =>
    inDist.has(file) ? [] : [[file, wrapped(text)]],
  );
  // Runbooks are pinned as documents.
  const compared = [...inDist.keys()].filter((file) => file !== `${DASHBOARD_UIDS.runbooks}.json`);
  const panels = compared.map((file) => [file, panelsOfFixtures(file)] as const);
  const files = panels
    .filter(([, found]) => found.length > 0)
    .map(([file, found]) => [file.replace('.json', '.panels.json'), wrapped(`${compactJson(found)}\n`)]);
  expectFolder(join(__dirname, '__snapshots__/dashboards'), Object.fromEntries([...dashboards, ...files]));
});

test('every dashboard of ours is pinned once: in dist/, or in a snapshot', () => {
  const pinned = [...inDist.keys(), ...[...inFixtures.keys()].filter((file) => !inDist.has(file))];
  expect(pinned.sort()).toEqual(
    Object.values(DASHBOARD_UIDS)
      .map((uid) => `${uid}.json`)
      .sort(),
  );
});
