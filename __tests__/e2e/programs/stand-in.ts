/**
 * Stands for a program that is not here: serves `/metrics` on PORT with what the catalogue lists of EMITTERS, as if it had ten
 * requests a second. It shows that queries fit the catalogue, and nothing about the program.
 */
import { createServer } from 'node:http';
import { METRICS } from '../../../metrics/catalogue/index';
import { EMITTERS } from '../../../metrics/emitters';
import type { Emitter, Metric } from '../../../promql/metric';

const started = Date.now();
const names = (process.env.EMITTERS ?? '').split(',');
const emitters: readonly Emitter[] = Object.entries(EMITTERS).flatMap(([name, emitter]) =>
  names.includes(name) ? [emitter] : [],
);
const listed = METRICS.filter(({ emitter, recorded }) => recorded && emitters.includes(emitter));
/** Each name once: every program in Go has the same metrics of its runtime. */
const metrics = [...new Map(listed.map((metric) => [metric.name, metric])).values()];

/** Values of labels that queries distinguish; other labels have one value, made from their names. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  status: ['200', '500', 'success', 'error'],
  type: ['prompt', 'completion'],
  method: ['POST'],
  endpoint: ['/v1/chat/completions'],
  model: ['jan-v1-4b'],
  provider: ['vllm'],
};
/** Bounds that the buckets of all durations and counts have among theirs. */
const BOUNDS = [0.1, 0.5, 1, 2.5, 5, 60, 1000];
const USUAL_SECONDS = 0.2;

/** Every combination of the labels' values, the rarer ones last: `share` is how often they come. */
function combinations(labels: readonly string[]): readonly { readonly text: string; readonly share: number }[] {
  return labels.reduce<readonly { readonly text: string; readonly share: number }[]>(
    (all, label) =>
      all.flatMap(({ text, share }) =>
        (VALUES[label] ?? [`${label}-1`]).map((value) => ({
          text: `${text === '' ? '' : `${text},`}${label}="${value}"`,
          share: share * (value === '500' || value === 'error' ? 0.005 : 1),
        })),
      ),
    [{ text: '', share: 1 }],
  );
}

const braces = (...labels: readonly string[]) => {
  const text = labels.filter((label) => label !== '').join(',');
  return text === '' ? '' : `{${text}}`;
};

function linesOf({ name, type, labels, unit }: Metric): readonly string[] {
  const elapsed = (Date.now() - started) / 1000;
  const series = combinations(Object.keys(labels)).flatMap(({ text, share }) => {
    const count = Math.floor(elapsed * 10 * share);
    if (type === 'histogram') return histogram(name, text, count);
    if (type === 'counter') return [`${name}${braces(text)} ${count}`];
    return [`${name}${braces(text)} ${unit === 'timestamp' ? started / 1000 : 1}`];
  });
  return [`# TYPE ${name} ${type === 'counter' || type === 'histogram' ? type : 'gauge'}`, ...series];
}

const histogram = (name: string, labels: string, count: number): readonly string[] => [
  ...BOUNDS.map((le) => `${name}_bucket${braces(labels, `le="${le}"`)} ${le < USUAL_SECONDS ? 0 : count}`),
  `${name}_bucket${braces(labels, 'le="+Inf"')} ${count}`,
  `${name}_sum${braces(labels)} ${count * USUAL_SECONDS}`,
  `${name}_count${braces(labels)} ${count}`,
];

createServer((_request, response) => {
  response.setHeader('Content-Type', 'text/plain; version=0.0.4');
  response.end(`${metrics.flatMap(linesOf).join('\n')}\n`);
}).listen(Number(process.env.PORT));
process.once('SIGTERM', () => process.exit(0));
