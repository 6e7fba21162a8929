/** Grafana's way from a span to metrics: the tags are those of Jaeger's answer, and the labels those of the Collector's series. */
import { SPAN_METRICS } from '../../../metrics/span-metrics';
import { configFile, render } from '../../support';
import { becomes, type RunningCollector, startCollector } from '../programs/collector';
import { type RunningJaeger, startJaeger } from '../programs/jaeger';
import { type Attributes, LLM_API, sendSpans } from '../programs/otlp';

interface Datasources {
  readonly datasources: readonly {
    readonly uid: string;
    readonly jsonData: { readonly tracesToMetrics?: { readonly tags: readonly { key: string; value: string }[] } };
  }[];
}
interface Answer {
  readonly data: readonly {
    readonly processes: Readonly<Record<string, { readonly tags: readonly { key: string; value: unknown }[] }>>;
    readonly spans: readonly {
      readonly processID: string;
      readonly tags: readonly { key: string; value: unknown }[];
    }[];
  }[];
}

const TAGS =
  configFile<Datasources>(render(''), 'grafana-datasources', 'datasources.yaml').datasources.find(
    ({ uid }) => uid === 'jaeger',
  )?.jsonData.tracesToMetrics?.tags ?? [];

let jaeger: RunningJaeger;
let collector: RunningCollector;

beforeAll(async () => {
  jaeger = await startJaeger();
  collector = await startCollector('', jaeger.address);
  for (const [what, traceId, resource] of CASES)
    await sendSpans(collector.endpoint, [{ name: `span ${what}`, kind: 'internal', traceId }], resource);
});
afterAll(async () => {
  await collector?.stop();
  await jaeger?.stop();
});

/** The matchers that Grafana makes from a span: of its tags and its process's, those that are named. */
async function matchersOf(traceId: string): Promise<Readonly<Record<string, string>>> {
  const [trace] = (JSON.parse(await jaeger.trace(traceId, 1)) as Answer).data;
  const [span] = trace?.spans ?? [];
  const tags = [...(trace?.processes[span?.processID ?? '']?.tags ?? []), ...(span?.tags ?? [])];
  return Object.fromEntries(
    TAGS.flatMap(({ key, value }) => {
      const tag = tags.find((one) => one.key === key);
      return tag === undefined ? [] : [[value, `${tag.value}`]];
    }),
  );
}

const CASES: readonly (readonly [what: string, traceId: string, resource: Attributes])[] = [
  ['whose pod names itself', 'b1'.repeat(16), LLM_API],
  ['whose pod does not', 'b2'.repeat(16), { 'service.name': 'media-api', 'service.namespace': 'jan' }],
];

test.each(CASES)('a span %s leads to the series of its pod', async (what, traceId) => {
  const matchers = await matchersOf(traceId);
  expect(Object.keys(matchers)).toEqual(TAGS.map(({ value }) => value));
  await becomes(collector, SPAN_METRICS.calls, { ...matchers, span_name: `span ${what}` }, 1);
});
