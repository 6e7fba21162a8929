/**
 * `npm run --silent impact -- [OLD [NEW]]`: what changes in a cluster that runs OLD when NEW is applied. Each is a folder of manifests or
 * a git reference, whose `dist/` is read. Defaults: `HEAD`, and what the working tree renders. Without `--silent`, npm prints its own lines
 * before.
 */
import { parseArgs } from 'node:util';
import { idsIn, pairEnvironments } from './changes/environments';
import { impactOf, SEVERITIES, type Severity } from './changes/impact';
import { readRendering, renderedNow } from './changes/renderings';
import { type Report, reportOf } from './changes/report';
import { markdownText, terminalText } from './changes/text';
import { DOCUMENTED } from './commands';
import { VerbError } from './terminal';

const USAGE = `usage: npm run --silent impact -- [--markdown | --json] [--fail-on LEVEL] [OLD [NEW]]

What changes in a cluster that runs OLD when NEW is applied: what restarts, what the API server refuses, where data is at risk.
OLD and NEW are folders of manifests, or git references whose dist/ is read. Defaults: HEAD, and what the working tree renders.
  --markdown  for a pull request
  --json      for programs
  --fail-on   restart, refused, data or never (refused): the least severity that is a failure

Exit codes: 0 below that level; 2 pods restart; 3 the API server refuses a change; 4 data is at risk; 1 an error.
`;

/** Exit codes of severities that are failures. */
const EXIT_CODES: Readonly<Record<Severity, number>> = { none: 0, restart: 2, refused: 3, data: 4 };

const LEVELS = ['restart', 'refused', 'data', 'never'] as const;
type Level = (typeof LEVELS)[number];

const NEVER = SEVERITIES.length;
const rank = (level: Severity | Level): number => (level === 'never' ? NEVER : SEVERITIES.indexOf(level));

function textOf(
  reports: readonly Report[],
  title: string,
  form: { readonly markdown: boolean; readonly json: boolean },
) {
  if (form.json) return `${JSON.stringify(reports, null, 2)}\n`;
  const write = form.markdown ? markdownText : terminalText;
  return reports.map((report) => write(report, `${titleOf(report)}: ${title}`)).join('\n');
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      markdown: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      'fail-on': { type: 'string', default: 'refused' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(USAGE);
  const level = LEVELS.find((name) => name === values['fail-on']);
  if (level === undefined || positionals.length > 2) throw new VerbError([usage(values['fail-on'], positionals)]);
  const root = process.cwd();
  const [old = 'HEAD', next] = positionals;
  const [before, after] = [
    readRendering(root, old),
    next === undefined ? renderedNow(root) : readRendering(root, next),
  ];
  const kept = idsIn(after.environments);
  const reports = pairEnvironments(before.environments, after.environments).map((each) =>
    reportOf(each, impactOf(each.before, each.after), DOCUMENTED, kept),
  );
  process.stdout.write(textOf(reports, `${before.title} → ${after.title}`, values));
  const worst = Math.max(0, ...reports.map(({ severity }) => rank(severity)));
  if (worst >= rank(level)) process.exitCode = EXIT_CODES[SEVERITIES[worst] ?? 'none'];
}

const titleOf = ({ environment, was }: Report) => (was === undefined ? environment : `${was}, now ${environment}`);

const usage = (level: string, positionals: readonly string[]) =>
  positionals.length > 2
    ? { what: `${positionals.length} renderings were named.`, fix: USAGE.trimEnd() }
    : { what: `--fail-on is ${JSON.stringify(level)}.`, fix: `one of ${LEVELS.join(', ')}` };

const EXPLAINED = ['VerbError', 'ConfigError', 'StackError'];

try {
  main();
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error;
  const isExplained = error instanceof Error && (isUsage || EXPLAINED.includes(error.name));
  process.stderr.write(`${isExplained ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
}
