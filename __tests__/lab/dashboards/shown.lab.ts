/** What Grafana's own library makes of our panels: texts, colours, headings. Its release is the one that the stack ships. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IMAGES } from '../../../config/images';
import { NO_DATA } from '../../../content/dashboards/render/fields';
import { TOOLS } from '../../../lab/cache';
import { files, type Panel, PRICES, panelsOf } from '../../content/dashboards/dashboard-files';
import { type Frame, shownBy } from './grafana-shows';

const VLLM = 'vllm: {namespace: jan, podLabels: {app: vllm}}\n';
const panels = [`janServer: {}\n${VLLM}${PRICES}`, 'janServer: null'].flatMap((text) =>
  files(text).flatMap(({ file }) => panelsOf(file).map((panel) => ({ place: `${file.uid}: ${panel.title}`, panel }))),
);
const ofType = (...types: readonly string[]) => panels.filter(({ panel: { type } }) => types.includes(type));

/** A series with one value, as Prometheus' datasource returns it. */
const series = (name: string, value: number): Frame => ({
  fields: [
    { name: 'Time', type: 'time', values: [1] },
    { name: 'Value', type: 'number', values: [value], config: { displayNameFromDS: name } },
  ],
});

test('the library is of the release that the stack ships', () => {
  const { dependencies } = JSON.parse(readFileSync(join(TOOLS, 'grafana-data/package.json'), 'utf8'));
  expect(dependencies['@grafana/data']).toBe(IMAGES.grafana.tag);
});

test('a stat without data is grey, and says so', () => {
  const stats = ofType('stat', 'bargauge');
  const shown = shownBy(stats.map(({ panel }) => ({ panel, frames: [] })));
  const grey = shown.map(({ values }, index) => [stats[index]?.place, values]);
  expect(grey).toEqual(stats.map(({ place }) => [place, [{ text: NO_DATA, colour: '#808080' }]]));
});

test('numbers below one and above a thousand are readable in every unit', () => {
  const units = [...new Set(panels.map(({ panel }) => panel.fieldConfig.defaults.unit ?? ''))].sort();
  const panelOf = (unit: string): Panel => ({
    ...(ofType('stat')[0] as { panel: Panel }).panel,
    fieldConfig: { defaults: { unit } },
  });
  const numbers = [0.3, 80, 2900];
  const shown = shownBy(
    units.flatMap((unit) => numbers.map((value) => ({ panel: panelOf(unit), frames: [series('value', value)] }))),
  );
  const texts = shown.map(({ values }) => values[0]?.text ?? '');
  // "300 mreq/s" is nothing that a person says. Of a time, a thousandth is.
  const milli = texts.filter((text) => /\d m(?!s\b|in|illi)/.test(text));
  expect(milli).toEqual([]);
  // A unit that Grafana does not know is printed after the number as it is.
  const unknown = texts.filter((text) => units.some((unit) => unit.length > 3 && text.endsWith(unit)));
  expect(unknown).toEqual([]);
});

test('a table has its columns in the order of their headings, and shows no column that is hidden', () => {
  const tables = ofType('table').filter(({ panel }) => panel.targets.every(({ expr }) => expr !== undefined));
  const shown = shownBy(tables.map(({ panel }) => ({ panel, frames: framesOf(panel) })));
  for (const [index, { frames }] of shown.entries()) {
    const { place, panel } = tables[index] as (typeof tables)[number];
    expect([place, frames.length]).toEqual([place, 1]);
    const headings = frames[0]?.map(({ heading }) => heading) ?? [];
    expect([place, headings]).toEqual([place, Object.values(renamed(panel))]);
  }
});

test('a bar in a table is as long as its value is among those of its column', () => {
  const tables = ofType('table').filter(({ panel }) => JSON.stringify(panel).includes('"gauge"'));
  const shown = shownBy(tables.map(({ panel }) => ({ panel, frames: framesOf(panel) })));
  const ranges = shown.flatMap(({ frames }) =>
    (frames[0] ?? [])
      .filter(({ custom }) => JSON.stringify(custom).includes('"gauge"'))
      .map(({ range, values }) => range?.max === 1 || range?.max === Math.max(...values.map(Number))),
  );
  expect(ranges.length).toBeGreaterThan(5);
  expect(ranges).toEqual(ranges.map(() => true));
});

/** Columns by their names in the answers, with their headings. */
function renamed({ transformations = [] }: Panel): Readonly<Record<string, string>> {
  const organize = transformations.find(({ id }) => id === 'organize');
  return (organize?.options as { renameByName?: Record<string, string> } | undefined)?.renameByName ?? {};
}

/** Instant queries in the form of a table: two rows with the labels that the panel names. */
function framesOf(panel: Panel): Frame[] {
  const labels = Object.keys(renamed(panel)).filter((name) => !name.startsWith('Value'));
  return panel.targets.map(({ refId }): Frame => {
    const value = panel.targets.length === 1 ? 'Value' : `Value #${refId}`;
    return {
      refId,
      fields: [
        { name: 'Time', type: 'time', values: [1, 1] },
        ...labels.map((name) => ({ name, type: 'string' as const, values: [`${name} a`, `${name} b`] })),
        // Each column counts something else.
        { name: value, type: 'number', values: [1, 10 ** (panel.targets.findIndex((one) => one.refId === refId) + 1)] },
      ],
    };
  });
}

test.each([
  ['500', /\{\{(http_response_status_code|status|code)\}\}$/, 'red'],
  ['404', /\{\{(http_response_status_code|status|code)\}\}$/, 'orange'],
  ['200', /\{\{(http_response_status_code|status|code)\}\}$/, 'green'],
  ['critical', /\{\{severity\}\}$/, 'red'],
])('a series of %s has its colour on every graph', (value, legend, colour) => {
  const graphs = ofType('timeseries').filter(({ panel }) =>
    panel.targets.some(({ legendFormat = '' }) => legend.test(legendFormat)),
  );
  const shown = shownBy(graphs.map(({ panel }) => ({ panel, frames: [series(`a ${value}`, 1), series(value, 1)] })));
  const colours = shown.map(({ frames }, index) => [
    graphs[index]?.place,
    frames.map((columns) => columns.at(-1)?.colour?.fixedColor),
  ]);
  expect(colours.length).toBeGreaterThan(0);
  expect(colours).toEqual(graphs.map(({ place }) => [place, [colour, colour]]));
});
