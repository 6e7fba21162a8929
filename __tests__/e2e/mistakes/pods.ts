/** Mistakes that keep pods from running. */
import { until } from '../../cluster/cluster';
import type { Mistake } from './mistake';
import { applyIn, inStack, NAMESPACE } from './stack';

const podsOf = (app: string) => inStack('get', 'pods', '-l', `app.kubernetes.io/name=${app}`, '-o', 'name').trim();
const patch = (deployment: string, spec: object) =>
  inStack(
    'patch',
    'deployment',
    deployment,
    '--type=strategic',
    '-p',
    JSON.stringify({ spec: { template: { spec } } }),
  );
const json = (deployment: string, ...operations: readonly object[]) =>
  inStack('patch', 'deployment', deployment, '--type=json', '-p', JSON.stringify(operations));

/** They need a registry where the nodes pull from. */
export const REGISTRY_MISTAKES: readonly Mistake[] = [
  { what: 'a tag that the registry does not have', part: 'Deployment/prometheus', id: 'image-not-found' },
  { what: 'a registry that wants credentials', part: 'Deployment/alertmanager', id: 'image-pull-denied' },
];
export const POD_MISTAKES: readonly Mistake[] = [
  { what: 'a registry that cannot be reached', part: 'Deployment/kube-state-metrics', id: 'registry-unreachable' },
  { what: 'a node that is too small', part: 'Deployment/jaeger', id: 'no-room' },
  { what: 'pods that restricted rejects', part: 'Deployment/otel-collector', id: 'admission-denied' },
];

/** @param host of the registry; null: the nodes reach none of ours */
export function makePods(host: string | null): void {
  if (host !== null) {
    inStack('set', 'image', 'deployment/prometheus', `prometheus=${host}/prom/prometheus:none`);
    inStack('set', 'image', 'deployment/alertmanager', `alertmanager=${host}/denied/alertmanager:1`);
  }
  inStack('set', 'image', 'deployment/kube-state-metrics', 'kube-state-metrics=registry.invalid/kube-state-metrics:1');
  patch('jaeger', { containers: [{ name: 'jaeger', resources: { requests: { cpu: '900' } } }] });
  json('otel-collector', { op: 'remove', path: '/spec/template/spec/securityContext' });
}

export const RUN_MISTAKES: readonly Mistake[] = [
  { what: 'a flag that Prometheus does not know', part: 'Deployment/prometheus', id: 'config-rejected' },
  { what: 'more memory than the limit', part: 'Deployment/kube-state-metrics', id: 'out-of-memory' },
  { what: 'a configuration that was deleted', part: 'ConfigMap/otel-collector-config', id: 'object-missing' },
  { what: 'a LimitRange', part: 'Deployment/jaeger', id: 'limit-range' },
  { what: 'a quota that is used up', part: 'Deployment/alertmanager', id: 'quota-exceeded' },
];

/** Pods that must exist come first: the LimitRange and the quota allow no more of them. */
export async function makeRuns(): Promise<void> {
  json('prometheus', { op: 'add', path: '/spec/template/spec/containers/0/args/-', value: '--no-such-flag' });
  inStack('delete', 'configmap', 'otel-collector-config');
  inStack('delete', 'pod', '-l', 'app.kubernetes.io/name=opentelemetry-collector', '--wait=false');
  await killForMemory();
  await until(
    () =>
      inStack(
        'get',
        'pods',
        '-l',
        'app.kubernetes.io/name=prometheus',
        '-o',
        'jsonpath={.items[*].spec.containers[0].args}',
      ).includes('no-such-flag'),
    'the pod of Prometheus with the flag',
  );
  const limits = [{ type: 'Container', max: { memory: '900Mi' } }];
  applyIn(NAMESPACE, { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'small' }, spec: { limits } });
  inStack('delete', 'pod', '-l', 'app.kubernetes.io/name=jaeger', '--wait=false');
  inStack('create', 'quota', 'small', '--hard=pods=1');
  inStack('delete', 'pod', '-l', 'app.kubernetes.io/name=alertmanager', '--wait=false');
}

/** As a kubelet reports it: not every kernel of a test cluster enforces limits. No kubelet touches a pod of another scheduler. */
async function killForMemory(): Promise<void> {
  const name = 'kube-state-metrics';
  const old = podsOf(name);
  patch(name, { schedulerName: 'none' });
  await until(
    () =>
      podsOf(name)
        .split('\n')
        .some((pod) => pod !== '' && !old.includes(pod)),
    'a pod that no kubelet touches',
  );
  const terminated = { reason: 'OOMKilled', exitCode: 137 };
  const waiting = { reason: 'CrashLoopBackOff', message: 'back-off restarting failed container' };
  const status = {
    name,
    image: name,
    imageID: '',
    ready: false,
    restartCount: 3,
    state: { waiting },
    lastState: { terminated },
  };
  for (const pod of podsOf(name)
    .split('\n')
    .filter((found) => !old.includes(found)))
    inStack('patch', pod, '--subresource=status', '-p', JSON.stringify({ status: { containerStatuses: [status] } }));
}

/** What monitor-up does not undo. */
export function undoRuns(): void {
  inStack('delete', 'quota,limitrange', 'small', '--ignore-not-found');
  patch('kube-state-metrics', { schedulerName: 'default-scheduler' });
}
