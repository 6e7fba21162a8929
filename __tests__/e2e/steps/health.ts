import { kubectl } from '../../cluster/cluster';
import { list, NAMESPACE } from '../stack';

interface Pod {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly status: {
    readonly conditions: readonly {
      readonly type: string;
      readonly status: string;
      readonly lastTransitionTime: string;
    }[];
    readonly containerStatuses: readonly { readonly restartCount: number }[];
  };
}
interface Event {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly lastTimestamp: string | null;
  readonly eventTime: string | null;
  readonly involvedObject: { readonly uid: string };
}

const readyTime = ({ status }: Pod) =>
  status.conditions.find(({ type, status: value }) => type === 'Ready' && value === 'True')?.lastTransitionTime;

/** Under `restricted`, without a restart, and without a complaint since it became ready. */
export function health(): void {
  test('the namespace enforces restricted', () => {
    const label = '{.metadata.labels.pod-security\\.kubernetes\\.io/enforce}';
    expect(kubectl(['get', 'namespace', NAMESPACE, '-o', `jsonpath=${label}`])).toBe('restricted');
  });

  test('pods are ready, did not restart, and have no Warning event', () => {
    const pods = list<Pod>(NAMESPACE, 'pods', '-l', 'app.kubernetes.io/part-of=cdk8s-observability');
    const events = list<Event>(NAMESPACE, 'events').filter(({ type }) => type === 'Warning');
    expect(pods.length).toBeGreaterThanOrEqual(3);
    for (const pod of pods) {
      const since = readyTime(pod);
      expect([pod.metadata.name, since]).toEqual([pod.metadata.name, expect.any(String)]);
      expect(pod.status.containerStatuses.map(({ restartCount }) => restartCount)).toEqual(
        pod.status.containerStatuses.map(() => 0),
      );
      const later = events.filter(
        ({ involvedObject, lastTimestamp, eventTime }) =>
          involvedObject.uid === pod.metadata.uid && (lastTimestamp ?? eventTime ?? '') > (since ?? ''),
      );
      expect(later.map(({ reason, message }) => `${reason}: ${message}`)).toEqual([]);
    }
  });
}
