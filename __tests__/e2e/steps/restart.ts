import { kubectl, until } from '../../cluster/cluster';
import { jaegerIn } from '../apis';
import { resultOf, startPod } from '../pods';
import { JAN, NAMESPACE, note } from '../stack';

interface Load {
  readonly ended: number;
  readonly refused: number;
  readonly acknowledged: readonly string[];
}

/**
 * Seconds for the sender to end. A connection that it opens in the moment in which the old pod is gone and kube-proxy does not know
 * it yet hangs until the kernel gives up (67 s or 127 s, by its version), because the SDK's timeout counts from the end of
 * connecting, as `request.setTimeout` of Node does. That batch is refused then, and may meet the same again.
 */
const SENDER_ENDS = 300;

/** What the Collector has acknowledged is stored, though it restarts meanwhile. */
export function restart(): void {
  const jaeger = jaegerIn(NAMESPACE);

  test('no acknowledged span is lost', async () => {
    const pod = { name: 'e2e-load', namespace: JAN };
    const run = 'e2e-load';
    const env = { ENDPOINT: `http://otel-collector.${NAMESPACE}:4318`, RUN: run, RATE: '50', SECONDS: '25' };
    startPod({ ...pod, program: 'load', env });
    await until(async () => (await jaeger.search(run, 10)).length > 0, 'the first spans in Jaeger');
    kubectl(['-n', NAMESPACE, 'delete', 'pod', '-l', 'app.kubernetes.io/name=opentelemetry-collector', '--wait=false']);
    const { ended, refused, acknowledged } = await resultOf<Load>(pod, SENDER_ENDS);
    let stored: readonly string[] = [];
    const areStored = async () => {
      stored = await jaeger.stored(acknowledged);
      return stored.length === acknowledged.length;
    };
    await until(areStored, 'every acknowledged span to be stored').catch(() => undefined);
    note('a restart of the Collector under load', {
      offered: ended,
      acknowledged: acknowledged.length,
      refused,
      stored: stored.length,
    });
    expect(stored.length).toBe(acknowledged.length);
    expect(acknowledged.length).toBeGreaterThan(0.5 * ended);
  });
}
