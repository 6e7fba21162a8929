import { kubectl, until } from '../../cluster/cluster';
import { jaegerIn } from '../apis';
import { resultOf, startPod } from '../pods';
import { JAN, NAMESPACE, note } from '../stack';

interface Load {
  readonly ended: number;
  readonly refused: number;
  readonly acknowledged: readonly string[];
}

/** What the Collector has acknowledged is stored, though it restarts meanwhile. */
export function restart(): void {
  const { search } = jaegerIn(NAMESPACE);

  test('no acknowledged span is lost', async () => {
    const pod = { name: 'e2e-load', namespace: JAN };
    const run = 'e2e-load';
    const env = { ENDPOINT: `http://otel-collector.${NAMESPACE}:4318`, RUN: run, RATE: '50', SECONDS: '25' };
    startPod({ ...pod, program: 'load', env });
    await until(async () => (await search(run, 10)).length > 0, 'the first spans in Jaeger');
    kubectl(['-n', NAMESPACE, 'delete', 'pod', '-l', 'app.kubernetes.io/name=opentelemetry-collector', '--wait=false']);
    const { ended, refused, acknowledged } = await resultOf<Load>(pod);
    let stored = new Set<string>();
    const isStored = async () => {
      stored = new Set((await search(run, 2 * ended)).map(({ traceID }) => traceID));
      return acknowledged.every((id) => stored.has(id));
    };
    await until(isStored, 'every acknowledged span to be stored').catch(() => undefined);
    note('a restart of the Collector under load', {
      offered: ended,
      acknowledged: acknowledged.length,
      refused,
      stored: stored.size,
    });
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(0.5 * ended);
  });
}
