/** Mistakes in claims, Secrets and receivers. Volumes are folders of the lab's node, which is this machine. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apply, kubectl, until } from '../../cluster/cluster';
import type { Mistake } from './mistake';
import { applyIn, inStack, NAMESPACE, projectOf } from './stack';

const hook = (name: string) => ({ type: 'webhook', name, urlSecret: { name, key: 'url' } });

/** Receivers whose Secrets can be broken, a heartbeat that is down, a salt that is read once, and a named class. */
export const STRICT = projectOf({
  storage: { className: 'standard' },
  collector: { piiSaltSecret: { name: 'salt', key: 'salt' } },
  alertmanager: {
    receivers: [hook('pager'), hook('chat')],
    deadMansSwitch: { urlSecret: { name: 'heartbeat', key: 'url' }, port: 9 },
  },
});

const DOWN = 'http://127.0.0.1:9/';
const salt = (letter: string) => letter.repeat(32);

/** The Secrets of that environment. */
export function createSecrets(): void {
  const secret = (name: string, stringData: object) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name },
    stringData,
  });
  applyIn(
    NAMESPACE,
    ...['pager', 'chat', 'heartbeat'].map((name) => secret(name, { url: DOWN })),
    secret('salt', { salt: salt('a') }),
  );
}

export const SECRET_MISTAKES: readonly Mistake[] = [
  { what: 'a webhook that is down', part: 'Deployment/alertmanager', id: 'notifications-fail' },
  { what: 'a Secret that is missing', part: 'Secret/pager', id: 'secret-missing' },
  { what: 'a Secret with a wrong key', part: 'Secret/chat', id: 'secret-key-missing' },
  { what: 'a Secret that was changed after it was read', part: 'Secret/salt', id: 'secret-changed' },
];

/** The running pods go on. */
export function breakSecrets(): void {
  inStack('delete', 'secret', 'pager');
  inStack(
    'patch',
    'secret',
    'chat',
    '--type=json',
    '-p',
    JSON.stringify([{ op: 'move', from: '/data/url', path: '/data/address' }]),
  );
  inStack('patch', 'secret', 'salt', '--type=merge', '-p', JSON.stringify({ stringData: { salt: salt('b') } }));
}

export const CLAIM_MISTAKES: readonly Mistake[] = [
  { what: 'a class that does not exist', part: 'PersistentVolumeClaim/jaeger-data', id: 'storage-class-missing' },
  { what: 'a full claim', part: 'PersistentVolumeClaim/otel-collector-queue', id: 'claim-full' },
  {
    what: 'a claim that is smaller than rendered',
    part: 'PersistentVolumeClaim/prometheus-data',
    id: 'claim-too-small',
  },
  {
    what: 'a retention that is larger than the claim',
    part: 'PersistentVolumeClaim/prometheus-data',
    id: 'retention-over-claim',
  },
];

const ours = { 'app.kubernetes.io/part-of': 'cdk8s-observability', 'app.kubernetes.io/instance': NAMESPACE };

const claim = (name: string, storageClassName: string, storage: string, volumeName?: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, labels: ours },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName,
    resources: { requests: { storage } },
    ...(volumeName !== undefined && { volumeName }),
  },
});

const FULL = 'e2e-mistakes-full';
const SMALL = 'e2e-mistakes-small';

/** A local volume in a folder of this machine. */
function volume(name: string, storage: string, path: string): object {
  const [node = ''] = kubectl(['get', 'nodes', '-o', 'jsonpath={.items[*].metadata.name}']).split(' ');
  const isNode = { key: 'kubernetes.io/hostname', operator: 'In', values: [node] };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: 'standard',
      claimRef: { namespace: NAMESPACE, name: name === FULL ? 'otel-collector-queue' : 'prometheus-data' },
      local: { path },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [isNode] }] } },
    },
  };
}

const folder = mkdtempSync(join(tmpdir(), 'e2e-mistakes-'));
const [full, small] = [join(folder, 'full'), join(folder, 'small')];
const WORKLOADS = ['jaeger', 'otel-collector', 'prometheus'];
const CLAIMS = ['jaeger-data', 'otel-collector-queue', 'prometheus-data'];

/** A file system of 16 MiB without room, and claims in place of those that are rendered. */
export async function breakClaims(): Promise<void> {
  for (const path of [full, small]) mkdirSync(path);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'e2e-mistakes', full]);
  for (const path of [full, small]) chmodSync(path, 0o777);
  fill();
  inStack('scale', 'deployment', ...WORKLOADS, '--replicas=0');
  inStack('delete', 'pvc', ...CLAIMS, '--wait', '--timeout=120s');
  apply(volume(FULL, '5Gi', full));
  apply(volume(SMALL, '1Gi', small));
  applyIn(
    NAMESPACE,
    claim('jaeger-data', 'none', '10Gi'),
    claim('otel-collector-queue', 'standard', '5Gi', FULL),
    claim('prometheus-data', 'standard', '1Gi', SMALL),
  );
  inStack('scale', 'deployment', ...WORKLOADS, '--replicas=1');
  await until(
    () => inStack('get', 'pvc', 'prometheus-data', '-o', 'jsonpath={.status.phase}') === 'Bound',
    'the small claim to be bound',
  );
}

function fill(): void {
  try {
    writeFileSync(join(full, 'ballast'), Buffer.alloc(32 * 2 ** 20));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

/** Removes the volumes, once the namespace is gone. */
export function removeVolumes(): void {
  kubectl(['delete', 'pv', FULL, SMALL, '--ignore-not-found', '--wait=false']);
  try {
    execFileSync('umount', [full], { stdio: 'ignore' });
  } catch {
    // It was not mounted.
  }
}
