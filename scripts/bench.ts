/**
 * `make bench`: the cost of rendering, as ratios of whole processes. The processes run alternately, so that a busy machine slows
 * both sides. Prints a table and writes `reports/bench.json`.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchCollector } from './bench/collector-cost';
import { type Measured, measure } from './measure';

const root = process.cwd();

/**
 * The limit for rendering, as a multiple of the time to load cdk8s. A good part is PromQL: each render parses and checks the rules, and
 * parses the selectors of the panels to find the one that shows an alert. The queries of the panels are checked by the tests.
 */
const MAX_RENDER_RATIO = 4;

/** A project with one environment that scrapes this many services. */
function projectOf(services: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-observability-bench-'));
  symlinkSync(join(root, 'scripts'), join(folder, 'scripts'));
  mkdirSync(join(folder, 'environments'));
  const entries = Array.from({ length: services }, (_, index) => `{name: service-${index}, port: ${1024 + index}}`);
  writeFileSync(join(folder, 'environments/bench.yaml'), `janServer:\n  services: [${entries.join(', ')}]\n`);
  cpSync(join(root, 'cdk8s.yaml'), join(folder, 'cdk8s.yaml'));
  return folder;
}

const app = ['scripts/app.js', 'main.ts'].map((part, index) => (index === 0 ? join(root, part) : part));
const cli = join(root, 'node_modules/cdk8s-cli/bin/cdk8s');
const projects = { empty: projectOf(0), hundred: projectOf(100), thousand: projectOf(1000) };
const development = mkdtempSync(join(tmpdir(), 'cdk8s-observability-bench-'));
for (const name of ['environments/development.yaml', 'rules', 'dashboards', 'sampling', 'cdk8s.yaml'])
  cpSync(join(root, name), join(development, name), { recursive: true });
symlinkSync(join(root, 'scripts'), join(development, 'scripts'));

try {
  const start = measure({
    floor: { args: ['-e', "require('cdk8s');require('cdk8s-plus-28')"], cwd: root },
    render: { args: app, cwd: development },
  });
  const commands = measure(
    { version: { args: [cli, '--version'], cwd: development }, synth: { args: [cli, 'synth'], cwd: development } },
    7,
  );
  const scale = measure({
    empty: { args: app, cwd: projects.empty },
    hundred: { args: app, cwd: projects.hundred },
    thousand: { args: app, cwd: projects.thousand },
  });
  const perService = (many: Measured, services: number) => (many.ms - scale.empty.ms) / services;
  const [at100, at1000] = [perService(scale.hundred, 100), perService(scale.thousand, 1000)];
  const rows = [
    row(
      'render development / require cdk8s and cdk8s-plus-28',
      start.render.ms / start.floor.ms,
      'times',
      `<= ${MAX_RENDER_RATIO}`,
      start.render.ms <= MAX_RENDER_RATIO * start.floor.ms,
    ),
    row(
      'cdk8s synth - cdk8s --version',
      (commands.synth.ms - commands.version.ms) / 1000,
      's',
      '<= 0.6',
      commands.synth.ms - commands.version.ms <= 600,
    ),
    row('time per scraped service, with 100 of them', at100, 'ms', '', null),
    row(
      'time per scraped service, with 1,000 of them',
      at1000,
      'ms',
      '<= 1.2 times that with 100',
      at1000 <= 1.2 * at100,
    ),
    row('peak memory, development', start.render.mib, 'MiB', '', null),
    row('peak memory, 1,000 scraped services', scale.thousand.mib, 'MiB', '', null),
  ];
  print(rows);
  mkdirSync(join(root, 'reports'), { recursive: true });
  writeFileSync(join(root, 'reports/bench.json'), `${JSON.stringify({ rows, start, commands, scale }, null, 2)}\n`);
  if (rows.some(({ met }) => met === false)) process.exitCode = 1;
} finally {
  for (const folder of [...Object.values(projects), development]) rmSync(folder, { recursive: true, force: true });
}
benchCollector();

interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string;
  /** null if there is no goal. */
  readonly met: boolean | null;
}

function row(what: string, value: number, unit: string, goal: string, met: boolean | null): Row {
  return { what, value: Number(value.toFixed(3)), unit, goal, met };
}

function print(rows: readonly Row[]): void {
  const verdict = (met: boolean | null) => (met === null ? '' : met ? 'met' : 'MISSED');
  for (const { what, value, unit, goal, met } of rows) {
    process.stdout.write(
      `${what.padEnd(56)} ${String(value).padStart(9)} ${unit.padEnd(6)} ${goal.padEnd(26)} ${verdict(met)}\n`,
    );
  }
}
