/** Objects that were changed by hand, and what follows from that. */
import type { Survey } from '../../../verbs/doctor/survey';
import { expectedOf } from '../../../verbs/expected';
import type { Pod } from '../../../verbs/objects';
import { withDebugging } from '../../../verbs/up';
import { named, sceneOf, withObject } from './survey';

const scene = sceneOf('alertmanager: { deadMansSwitch: { urlSecret: { name: heartbeat, key: url } } }\n');
const { survey } = scene;
const objects = withObject(scene);

test.each<[what: string, change: Partial<Survey>, found: readonly string[]]>([
  ['an object that is missing', objects('ServiceAccount', 'jaeger', null), ['object-missing ServiceAccount/jaeger']],
  [
    'a ConfigMap that was edited',
    objects('ConfigMap', 'jaeger-config', { data: { 'config.yaml': 'a: 1' } }),
    ['config-changed ConfigMap/jaeger-config'],
  ],
  [
    'a Service that selects nothing',
    objects('Service', 'jaeger', { spec: { selector: { a: 'b' } } }),
    ['service-changed Service/jaeger'],
  ],
  [
    'a policy that was edited',
    objects('NetworkPolicy', 'jaeger', { spec: {} }),
    ['network-policy-changed NetworkPolicy/jaeger'],
  ],
  ['objects that cannot be read', { objects: null }, []],
  ['a pod of another application', { foreignPods: [survey.pods[0] as Pod] }, ['foreign-pods Namespace/jan-monitoring']],
  [
    'a second stack',
    { controllers: [...survey.controllers, { ...survey.controllers[0], metadata: { name: 'other' } } as never] },
    ['second-stack Namespace/jan-monitoring'],
  ],
])('%s', (_what, change, found) => expect(named(scene, change)).toEqual(found));

test('what monitor-dev applies is no change by hand', () => {
  const { workloads } = expectedOf(withDebugging(scene.config));
  const debugged = (survey.objects ?? []).map((object) => ({
    ...object,
    ...workloads.find(({ kind, metadata }) => kind === object.kind && metadata.name === object.metadata.name),
  }));
  expect(named(scene, { objects: debugged as Survey['objects'] })[0]).toMatch(/^config-changed ConfigMap/);
  expect(named(scene, { objects: debugged as Survey['objects'] }, workloads)).toEqual([]);
});

test('a ConfigMap that was edited hides that its program exits', () => {
  const status = {
    name: 'jaeger',
    ready: false,
    restartCount: 4,
    state: { waiting: { reason: 'CrashLoopBackOff' } },
    lastState: { terminated: { exitCode: 1 } },
  };
  const pods = survey.pods.map((pod) =>
    pod.metadata.name.startsWith('jaeger')
      ? { ...pod, status: { phase: 'Running', containerStatuses: [status] } }
      : pod,
  );
  const controllers = survey.controllers.map((one) =>
    one.metadata.name === 'jaeger' ? { ...one, status: { readyReplicas: 0 } } : one,
  );
  const logs = new Map([['jaeger-5d9-x1/jaeger', 'Error: failed to get config: cannot unmarshal the configuration']]);
  expect(named(scene, { pods, controllers })).toEqual(['program-exits Deployment/jaeger']);
  expect(named(scene, { pods, controllers, logs })).toEqual(['config-rejected Deployment/jaeger']);
  const edited = objects('ConfigMap', 'jaeger-config', { data: {} });
  expect(named(scene, { pods, controllers, logs, ...edited })).toEqual(['config-changed ConfigMap/jaeger-config']);
});
