/** The stack that is backed up, and what is asked of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IMAGES } from '../../../config/images';
import { LEASE, type Lease } from '../../../verbs/backup/lease';
import type { ServicePort } from '../../../verbs/short-forward';
import { apply, CONTEXT, kubectl, until } from '../../cluster/cluster';
import { get, jaegerIn, metricOf, prometheusIn } from '../apis';
import { LIGHT, projectWith } from '../stack';

/** Namespace of the stack. */
export const BACKUP = 'e2e-backup';
/** Namespace of what sends to it. */
export const SENDERS = 'e2e-backup-jan';

const argument = (value: string) => ({ op: 'add', path: '/spec/template/spec/containers/0/args/-', value });

/**
 * The keys of a stack whose Prometheus makes a block every few seconds and merges blocks, so that backups meet that. Grafana has no pods: another
 * program writes to its database.
 */
const SETTINGS = {
  namespace: BACKUP,
  janServer: { namespace: SENDERS },
  kubelet: { enabled: false },
  prometheus: { scrapeInterval: '5s' },
  patches: [
    { kind: 'Deployment', name: 'grafana', json: [{ op: 'replace', path: '/spec/replicas', value: 0 }] },
    {
      kind: 'Deployment',
      name: 'prometheus',
      json: [argument('--storage.tsdb.min-block-duration=15s'), argument('--storage.tsdb.max-block-duration=1m')],
    },
  ],
};

/** The stack's project. */
export const PROJECT = projectWith(LIGHT, SETTINGS);
/** The same stack; the pods that copy its data do not start. */
export const WITHOUT_HELPERS = projectWith(LIGHT, SETTINGS, { images: { backupTools: { tag: 'not-there' } } });

/** Variables of the verbs of this stack. */
export const VARIABLES = { CONTEXT, FORWARD: 'no', TIMEOUT: '120' };

export const jaeger = jaegerIn(BACKUP);
export const prometheus = prometheusIn(BACKUP);

/** What was there before the backup, and must be there after the restore. */
export const kept = {
  /** Traces that Jaeger had. */
  traces: [] as readonly string[],
  /** The moment, in seconds since 1970, and how many samples the ten minutes before it had. */
  moment: 0,
  samples: 0,
  /** Rows of the database that were written. */
  rows: 0,
  /** Folder of the backup. */
  folder: '',
};

interface Matrix {
  readonly result: readonly { readonly values: readonly unknown[] }[];
}

/** How many samples of one job the ten minutes before a moment have. */
export async function samplesBefore(moment: number): Promise<number> {
  const query = new URLSearchParams({ query: '{job="prometheus"}[10m]', time: `${moment}` });
  const { result } = await prometheus.api<Matrix>(`/query?${query}`);
  return result.reduce((sum, { values }) => sum + values.length, 0);
}

/** Prometheus' own metric, as it is now. */
export const ownMetric = (name: string): Promise<number> =>
  metricOf({ namespace: BACKUP, service: 'prometheus', port: 9090 }, name);

/** Its Alertmanager. */
export const ALERTMANAGER: ServicePort = { namespace: BACKUP, service: 'alertmanager', port: 9093 };

interface ListedSilence {
  readonly comment: string;
  readonly status: { readonly state: string };
}

/** Comments of the silences that are active. */
export const silences = async () =>
  (await get<readonly ListedSilence[]>(ALERTMANAGER, '/api/v2/silences'))
    .filter(({ status }) => status.state === 'active')
    .map(({ comment }) => comment);

/** How many pods a program should have. */
export const replicasOf = (name: string) =>
  kubectl(['-n', BACKUP, 'get', 'deployment', name, '-o', 'jsonpath={.spec.replicas}']);

/** Name of a program's pod. */
export const podOf = (name: string) =>
  kubectl(['-n', BACKUP, 'get', 'pods', '-l', `app.kubernetes.io/name=${name}`, '-o', 'name']).trim();

/** Pods that a backup or a restore has started. */
export const helpers = () =>
  kubectl(['-n', BACKUP, 'get', 'pods', '-l', 'app.kubernetes.io/component=backup', '-o', 'name']).trim();

/** The Lease of backups and restores. */
export const lease = () =>
  JSON.parse(kubectl(['-n', BACKUP, 'get', 'lease', LEASE, '-o', 'json'])) as {
    readonly spec: { readonly holderIdentity: string };
  } & Lease;

const WRITER = 'grafana-writer';

/** A pod with Python on Grafana's claim. */
function pythonPod(name: string, script: string): void {
  const { registry, repository, tag } = IMAGES.backupTools;
  apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: BACKUP, labels: { 'app.kubernetes.io/part-of': 'cdk8s-observability' } },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 472,
        runAsGroup: 472,
        fsGroup: 472,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'main',
          image: `${registry}/${repository}:${tag}`,
          imagePullPolicy: 'IfNotPresent',
          command: ['python3', '-c', script],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          volumeMounts: [{ name: 'data', mountPath: '/var/lib/grafana' }],
        },
      ],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'grafana-data' } }],
    },
  });
}

/** Starts the program that stands for Grafana. */
export async function startWriter(): Promise<void> {
  pythonPod(WRITER, readFileSync(join(__dirname, 'grafana.py'), 'utf8'));
  kubectl(['-n', BACKUP, 'wait', 'pod', WRITER, '--for=condition=Ready', '--timeout=60s']);
  await until(() => rowsWritten() > 0, 'rows to be written');
}

/** How many rows it has committed, at least. */
export const rowsWritten = () => Number(kubectl(['-n', BACKUP, 'logs', WRITER]).trim().split('\n').at(-1));

/** Stops it. */
export const stopWriter = () => kubectl(['-n', BACKUP, 'delete', 'pod', WRITER, '--wait']);

const READ = `import json, sqlite3
database = sqlite3.connect("/var/lib/grafana/grafana.db")
one = lambda query: database.execute(query).fetchone()[0]
print(json.dumps({"check": one("PRAGMA integrity_check"), "login": one("SELECT login FROM user"),
  "title": one("SELECT title FROM dashboard"), "one": one("SELECT count(*) FROM one"), "other": one("SELECT count(*) FROM other"),
  "key": open("/var/lib/grafana/.secret-key").read()}))
`;

/** What the database has. */
export async function readDatabase() {
  const name = 'grafana-reader';
  pythonPod(name, READ);
  await until(
    () => kubectl(['-n', BACKUP, 'get', 'pod', name, '-o', 'jsonpath={.status.phase}']) === 'Succeeded',
    'the database to be read',
  );
  const text = kubectl(['-n', BACKUP, 'logs', name]);
  kubectl(['-n', BACKUP, 'delete', 'pod', name, '--wait']);
  return JSON.parse(text) as { check: string; login: string; title: string; one: number; other: number; key: string };
}
