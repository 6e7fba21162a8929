/**
 * What each fixture renders in place of development, which dist/ pins as a whole (project/program.test.ts compares it).
 * Objects that only production has are compared with production's. `npx jest -u environments` writes the files.
 * Dashboards have a test of their own.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { appsOf, buildStack, type Stack } from '../../stack/apps';
import type { Config } from '../../stack/config';
import { loadEnvironments } from '../../stack/load';
import { configFrom, fixtures, isDashboard, isRunbooks, ROOT } from '../support';
import { type Difference, differences, type Texts, textOf, textsOf } from '../support/differences';
import { expectFolder, filesBelow } from '../support/snapshot-files';
import { unwrap } from '../support/wrapped-lines';

const SNAPSHOTS = join(__dirname, '__snapshots__');

/** A new text with more lines has files of its own, of as many lines. */
const LONG = 1400;

const chartsOf = (stack: Stack) =>
  new Map(
    appsOf(stack).flatMap((app) =>
      app.charts.map((chart): [string, Texts] => [
        join(basename(app.outdir), chart.node.id),
        // The texts of runbooks are pinned as documents, their pages in dist/.
        textsOf(chart, (object) => isDashboard(object) || isRunbooks(object)),
      ]),
    ),
  );

const own = (name: string) => {
  const [config] = loadEnvironments(ROOT).filter(({ environment }) => environment === name);
  if (config === undefined) throw new Error(`there is no environment ${name}`);
  return { config, charts: chartsOf(buildStack(config, '')) };
};
const [development, production] = [own('development'), own('production')];

/** What a chart is compared with: development's, and of objects that only production has, production's. */
function baseOf(chart: string, texts: Texts): Texts {
  const only = [...(production.charts.get(chart) ?? [])].filter(([name]) => texts.has(name));
  return new Map([...only, ...(development.charts.get(chart) ?? [])]);
}

/** Says where what stood before is production's. */
function withItsBase(chart: string, found: Difference): Difference {
  const isDevelopments = development.charts.get(chart)?.has(found.name);
  const isProductions = !isDevelopments && production.charts.get(chart)?.has(found.name);
  return isProductions ? { ...found, heading: `${found.heading}, in place of production's` } : found;
}

/** With development's name and its file of sampling strategies, so that only what the fixture says is different. */
const likeDevelopment = (config: Config): Config => ({
  ...config,
  environment: development.config.environment,
  jaeger: { ...config.jaeger, samplingStrategiesFile: development.config.jaeger.samplingStrategiesFile },
  samplingStrategies: development.config.samplingStrategies,
});

/** The file of a chart, and those of texts that are too long for it: path to content. */
function filesOf(chart: string, found: readonly Difference[]): [path: string, content: string][] {
  const isLong = ({ lines }: Difference) => lines.length > LONG;
  const long = found.filter(isLong).flatMap((difference) => {
    const file = difference.name.split(', ').at(-1);
    return parts(difference.lines).map((lines, index): [string, string] => [
      join(chart, `${file}.${index + 1}.diff`),
      textOf([{ ...difference, lines }]),
    ]);
  });
  return [[`${chart}.diff`, textOf(found.filter((difference) => !isLong(difference)))], ...long];
}

/** Lines in parts that begin with an entry of the outermost list. */
function parts(lines: readonly string[]): string[][] {
  const starts = lines.flatMap((line, index) => (/^\+ {2}- /.test(line) ? [index] : []));
  const entries = [0, ...starts].map((start, index) => lines.slice(start, starts[index]));
  const found: string[][] = [[]];
  for (const entry of entries) {
    const last = found.at(-1) ?? [];
    if (last.length + entry.length <= LONG) last.push(...entry);
    else found.push([...entry]);
  }
  return found;
}

describe.each(fixtures())('$name', ({ name, text }) => {
  test('differs from development in what is pinned', () => {
    const charts = chartsOf(buildStack(likeDevelopment(configFrom(text)), ''));
    const files = [...new Set([...development.charts.keys(), ...charts.keys()])].flatMap((chart) => {
      const texts = charts.get(chart) ?? new Map();
      return filesOf(
        chart,
        differences(baseOf(chart, texts), texts).map((found) => withItsBase(chart, found)),
      );
    });
    expectFolder(join(SNAPSHOTS, name), Object.fromEntries(files.filter(([, content]) => content !== '')));
  });
});

test('there are no snapshots of a fixture that is gone', () => {
  expect(readdirSync(SNAPSHOTS).sort()).toEqual([...fixtures().map(({ name }) => name), 'dashboards'].sort());
});

test('every configuration file is pinned as a whole: in dist/, or in a snapshot', () => {
  const isFile = (name: string) => name.includes(', ');
  const known = [development, production].flatMap(({ charts }) =>
    [...charts.values()].flatMap((texts) => [...texts.keys()]),
  );
  for (const { name, text } of fixtures()) {
    const pinned = Object.entries(filesBelow(join(SNAPSHOTS, name)));
    for (const [chart, texts] of chartsOf(buildStack(likeDevelopment(configFrom(text)), '')))
      for (const [file, lines] of [...texts].filter(([file]) => isFile(file) && !known.includes(file))) {
        const contents = pinned.filter(([path]) => path.startsWith(chart)).map(([, content]) => content);
        expect([name, file, newText(contents, file)]).toEqual([name, file, lines.join('\n')]);
      }
  }
});

/** What the parts of a new text say, as it was rendered. */
function newText(contents: readonly string[], name: string): string {
  const sections = contents.flatMap((content) => content.split(/^(?==== )/m));
  const heading = `=== ${name}: is new\n`;
  const parts = sections
    .filter((section) => section.startsWith(heading))
    .map((section) => section.slice(heading.length));
  return unwrap(parts.join('').trimEnd().replace(/^\+/gm, ''));
}
