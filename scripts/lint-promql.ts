/**
 * `npm run lint:promql -- FILE...`: checks third-party rule files and dashboards against the catalogue of metrics. Prints the findings
 * for each rule and query, and totals. Exits with 1 if there are errors, and with 2 if the arguments are wrong.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { seconds } from '../config/units';
import { failWith } from '../lib/fail';
import { METRICS } from '../metrics/catalogue/index';
import { Catalogue, findingsReport, hasErrors, lintFiles, totals } from '../promql';

const USAGE = `usage: npm run lint:promql -- [--scrape-interval 15s] [--summary] FILE...

Prometheus rule files (also as PrometheusRule), and Grafana dashboards as JSON of schema version 1.
  --scrape-interval  the scrape interval: a range must be at least four times as long (15s)
  --summary          print the totals only
`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'scrape-interval': { type: 'string', default: '15s' },
      summary: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const scrapeInterval = seconds(values['scrape-interval']);
  if (values.help) process.stdout.write(USAGE);
  else if (positionals.length === 0 || Number.isNaN(scrapeInterval)) usageError();
  else lint(positionals, scrapeInterval, values.summary);
} catch (error) {
  if (error instanceof TypeError && 'code' in error) usageError(error.message);
  else failWith(error);
}

function lint(files: readonly string[], scrapeInterval: number, onlySummary: boolean): void {
  const context = { catalogue: new Catalogue(METRICS), scrapeInterval, thirdParty: true };
  const linted = lintFiles(
    files.map((file) => ({ file, text: readFileSync(file, 'utf8') })),
    context,
  );
  const findings = findingsReport(linted);
  process.stdout.write(
    [...(onlySummary || findings === '' ? [] : [findings]), totals(linted)].join('\n\n').concat('\n'),
  );
  if (hasErrors(linted)) process.exitCode = 1;
}

function usageError(why?: string): void {
  process.stderr.write(`${why === undefined ? '' : `${why}\n`}${USAGE}`);
  process.exitCode = 2;
}
