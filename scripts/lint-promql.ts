/**
 * `npm run lint:promql -- FILE...`: checks rule files and dashboards that others have made against the metric contract. Prints
 * what is wrong with each rule and query, and totals. Ends with 1 where there are errors, and with 2 where it is not called rightly.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { seconds } from '../config/units';
import { failWith } from '../lib/fail';
import { METRICS } from '../metrics/catalogue/index';
import { Catalogue, findingsReport, hasErrors, lintFiles, totals } from '../promql';

const USAGE = `usage: npm run lint:promql -- [--scrape-interval 15s] [--summary] FILE...

Rule files of Prometheus (also as PrometheusRule), and dashboards of Grafana as JSON of schema version 1.
  --scrape-interval  how often the metrics are scraped: a range must span four times that (15s)
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
  else if (positionals.length === 0 || Number.isNaN(scrapeInterval)) misused();
  else lint(positionals, scrapeInterval, values.summary);
} catch (error) {
  if (error instanceof TypeError && 'code' in error) misused(error.message);
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

function misused(why?: string): void {
  process.stderr.write(`${why === undefined ? '' : `${why}\n`}${USAGE}`);
  process.exitCode = 2;
}
