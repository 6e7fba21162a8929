/** The evidence on which old data is deleted or put back. */

import { startOf, startSeconds } from '../../../verbs/backup/started';
import type { Store } from '../../../verbs/backup/stores';
import type { ContainerStatus, Controller, Pod } from '../../../verbs/objects';

const controller = (replicas: number, status: Controller['status'] = {}, generation = 2): Controller => ({
  kind: 'Deployment',
  metadata: { name: 'jaeger', generation },
  spec: { replicas, selector: { matchLabels: { app: 'jaeger' } } },
  status: { observedGeneration: 2, replicas, updatedReplicas: replicas, readyReplicas: replicas, ...status },
});

const podWith = (container: Partial<ContainerStatus>, key = 'containerStatuses'): Pod => ({
  metadata: { name: 'jaeger-1', namespace: 'shop' },
  spec: { containers: [] },
  status: { [key]: [{ name: 'jaeger', ready: false, restartCount: 0, ...container }] },
});

const waiting = (reason: string) => ({ state: { waiting: { reason } } });

test.each<[string, Controller | undefined, readonly Pod[], string]>([
  ['all replicas are ready', controller(1), [], 'ready'],
  ['no replicas: nothing has opened the data', controller(0), [], 'starting'],
  ['the controller has not seen the last change', controller(1, {}, 3), [], 'starting'],
  ['one of two replicas is ready', controller(2, { readyReplicas: 1 }), [], 'starting'],
  ['a pod of the last rollout is there', controller(1, { replicas: 2 }), [], 'starting'],
  ['it is not there', undefined, [], 'starting'],
  ['it reads its data', controller(1, { readyReplicas: 0 }), [podWith({ state: { running: {} } })], 'starting'],
  ['it ended once', controller(1, { readyReplicas: 0 }), [podWith({ restartCount: 1 })], 'starting'],
  ['its image is not there', controller(1, { readyReplicas: 0 }), [podWith(waiting('ImagePullBackOff'))], 'starting'],
  [
    'it ends again and again',
    controller(1, { readyReplicas: 0 }),
    [podWith({ restartCount: 1, ...waiting('CrashLoopBackOff') })],
    'failed',
  ],
  ['it ended twice', controller(1, { readyReplicas: 0 }), [podWith({ restartCount: 2 })], 'failed'],
  [
    'what runs before it ends',
    controller(1, { readyReplicas: 0 }),
    [podWith({ restartCount: 2 }, 'initContainerStatuses')],
    'failed',
  ],
])('%s', (_title, found, pods, expected) => {
  expect(startOf(found, pods).start).toBe(expected);
});

test('why it has failed', () => {
  const ended = { restartCount: 3, lastState: { terminated: { exitCode: 2 } } };
  expect(startOf(controller(1, { readyReplicas: 0 }), [podWith(ended)]).reason).toBe(
    'container jaeger ends again and again (restarts: 3, exit code: 2)',
  );
});

test('the longest startup probe counts', () => {
  const store = (startupProbe?: object) =>
    ({ pod: { containers: [{ name: 'main', image: 'main:1', startupProbe }] } }) as unknown as Store;
  const stores = [store(), store({ periodSeconds: 1, failureThreshold: 900 }), store({ failureThreshold: 60 })];
  expect([startSeconds([]), startSeconds(stores)]).toEqual([0, 900]);
});
