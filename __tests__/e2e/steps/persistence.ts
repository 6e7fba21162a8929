import { CONTEXT, kubectl, until } from '../../cluster/cluster';
import { jaegerIn, prometheusIn } from '../apis';
import { runPod } from '../pods';
import type { SentSpan } from '../programs/jan-trace';
import { JAN, list, NAMESPACE, ready, render, up, verb } from '../stack';
import { PROJECT } from './first-up';

const RUN = 'kept';
const SERIES = `last_over_time(sum(jan_analytics_events_total{run="${RUN}"})[30m:15s])`;

/** A stack that goes and comes again finds its data, unless the data was deleted too. */
export function persistence(): void {
  const jaeger = jaegerIn(NAMESPACE);
  const prometheus = prometheusIn(NAMESPACE);
  let traceId = '';
  const spans = async () => (await jaeger.trace(traceId))?.spans.length ?? 0;
  const areThere = async () => {
    let found = {};
    const isComplete = async () => {
      const [spansFound, counter] = [await spans(), await prometheus.value(SERIES)];
      found = { spans: spansFound, counter };
      return spansFound === 4 && counter === 1;
    };
    await until(isComplete, () => `a trace of 4 spans and a counter of 1; found ${JSON.stringify(found)}`);
  };

  test('a trace and a counter are there', async () => {
    const env = { ENDPOINT: `http://otel-collector.${NAMESPACE}:4318`, RUN };
    const sent = await runPod<SentSpan[]>({ name: 'e2e-kept', namespace: JAN, program: 'sender', env });
    traceId = sent[0]?.traceId ?? '';
    await areThere();
  });

  test('they are there after monitor-down and monitor-up', async () => {
    const { code, output } = await verb(PROJECT, 'down');
    expect([code, output]).toEqual([0, expect.stringMatching(/kept {2}persistentvolumeclaim\/jaeger-data/)]);
    expect(list(NAMESPACE, 'deployments')).toEqual([]);
    await up(PROJECT);
    await areThere();
  });

  test('they are there after kubectl delete and kubectl apply', async () => {
    const dist = render(PROJECT);
    kubectl(['delete', '-f', dist, '--wait', '--timeout=180s']);
    kubectl(['apply', '--server-side', '-f', `${dist}/keep`, '-f', dist]);
    await ready(NAMESPACE);
    await areThere();
  });

  test('they are gone after monitor-down-v', async () => {
    const { code, output } = await verb(PROJECT, 'down-v', { DELETE: CONTEXT });
    expect([code, output]).toEqual([0, expect.stringMatching(/Deleted 5 claims/)]);
    expect(list(NAMESPACE, 'pvc')).toEqual([]);
    await up(PROJECT);
    await until(async () => (await prometheus.value('up{job="jaeger"}')) === 1, 'the new stack to scrape');
    expect(await spans()).toBe(0);
    expect(await prometheus.value(SERIES)).toBeNull();
  });
}
