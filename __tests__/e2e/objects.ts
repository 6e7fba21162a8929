/** Objects in Jan Server's namespace in every state that kube-state-metrics reports. */
import { NODE_IMAGE } from '../../lab/cluster/images';
import { apply, kubectl } from '../cluster/cluster';
import { JAN } from './stack';

/** Keeps an object that is deleted until it is taken off: so it can be seen while it is being deleted. */
const HELD = { finalizers: ['cdk8s-observability.example/e2e'] };
/** By which they are found; those of pods that a set makes are others, or it would take the other pods for its own. */
const LABELS = { e2e: 'objects' };
const OF_SETS = { e2e: 'set' };

const pod = (script: string, spec: object = {}) => ({
  metadata: { labels: OF_SETS },
  spec: {
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: 1,
    automountServiceAccountToken: false,
    containers: [{ name: 'main', image: NODE_IMAGE, imagePullPolicy: 'IfNotPresent', command: ['node', '-e', script] }],
    ...spec,
  },
});
const job = (script: string) => ({ activeDeadlineSeconds: 300, backoffLimit: 0, template: pod(script) });
const set = (others: object = {}) => ({
  selector: { matchLabels: OF_SETS },
  template: pod('setInterval(() => {}, 1000)', { restartPolicy: 'Always' }),
  ...others,
});

const object = (apiVersion: string, kind: string, name: string, spec: object, metadata: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name: `e2e-${name}`, namespace: JAN, labels: LABELS, ...metadata },
  spec,
});

/** What is deleted at once, and held. */
const DELETED = [
  object('v1', 'Pod', 'deleted', pod('').spec, HELD),
  object(
    'v1',
    'PersistentVolumeClaim',
    'deleted',
    { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } },
    HELD,
  ),
  object('apps/v1', 'Deployment', 'deleted', set({ replicas: 0 }), HELD),
  object('apps/v1', 'DaemonSet', 'deleted', set(), HELD),
  object('apps/v1', 'StatefulSet', 'deleted', set({ replicas: 0, serviceName: 'e2e' }), HELD),
];

const OBJECTS = [
  ...DELETED,
  object('batch/v1', 'Job', 'done', job('')),
  object('batch/v1', 'Job', 'failed', job('process.exit(1)')),
  // No time zone: kube-state-metrics ends with an error over one that is not in its image, and the lab's image has none.
  object('batch/v1', 'CronJob', 'each-minute', {
    schedule: '* * * * *',
    startingDeadlineSeconds: 60,
    jobTemplate: { spec: job('') },
  }),
  object('v1', 'Pod', 'crashing', pod('process.exit(1)', { restartPolicy: 'Always' }).spec),
  object('v1', 'Pod', 'nowhere', pod('', { nodeSelector: { 'kubernetes.io/hostname': 'no-such-node' } }).spec),
];

/** Makes them. */
export function makeObjects(): void {
  for (const each of OBJECTS) apply(each);
  for (const { kind, metadata } of DELETED) kubectl(['-n', JAN, 'delete', kind, metadata.name, '--wait=false']);
}

/** Deletes those that are there. */
export function removeObjects(): void {
  const none = JSON.stringify({ metadata: { finalizers: null } });
  for (const { kind, metadata } of DELETED) {
    const found = kubectl(['-n', JAN, 'get', kind, metadata.name, '--ignore-not-found', '-o', 'name']).trim();
    if (found !== '') kubectl(['-n', JAN, 'patch', found, '--type=merge', '-p', none]);
  }
  kubectl(['-n', JAN, 'delete', 'job,cronjob,pod', '-l', 'e2e', '--wait=false']);
}
