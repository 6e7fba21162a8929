/** A stack with scheduled backups, and an S3 server. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IMAGES, type ImageKey } from '../../../config/images';
import { apply, CONTEXT, kubectl } from '../../cluster/cluster';
import { ROOT } from '../../support';
import { LIGHT, projectWith } from '../stack';

/** Namespace of the stack. */
export const STACK = 'e2e-backup-s3';
/** Namespace of the S3 server. */
export const SENDERS = 'e2e-backup-s3-jan';

const BUCKET = 'backups';
const SECRET = 'backup';
/** The credentials of the S3 server, and the passwords of the encryption. */
const KEYS = { access: 'an-access-key', secret: 'a-secret-key', password: 'a password', salt: 'a salt' };
const secretKey = (key: keyof typeof KEYS) => ({ name: SECRET, key });

const STACK_KEYS = {
  namespace: STACK,
  janServer: { namespace: SENDERS },
  kubelet: { enabled: false },
  patches: [
    { kind: 'Deployment', name: 'grafana', json: [{ op: 'replace', path: '/spec/replicas', value: 0 }] },
    {
      kind: 'Deployment',
      name: 'prometheus',
      json: ['min-block-duration=15s', 'max-block-duration=1m'].map((flag) => ({
        op: 'add',
        path: '/spec/template/spec/containers/0/args/-',
        value: `--storage.tsdb.${flag}`,
      })),
    },
  ],
};

const URL = `http://s3.${SENDERS}.svc:9000`;
const SCHEDULE = { schedule: '0 3 1 1 *', keep: 2 };

/** The project of the stack: encrypted copies, in a bucket. */
export const PROJECT = projectWith(LIGHT, STACK_KEYS, {
  backup: {
    ...SCHEDULE,
    destination: {
      type: 's3',
      url: URL,
      bucket: BUCKET,
      accessKeySecret: secretKey('access'),
      secretKeySecret: secretKey('secret'),
    },
    encryption: { passwordSecret: secretKey('password'), saltSecret: secretKey('salt') },
  },
});

/** The same stack with copies on claims, as is the default. */
export const ON_CLAIMS = projectWith(LIGHT, STACK_KEYS, {
  backup: { ...SCHEDULE, destination: { type: 'claim', storage: '128Mi' } },
});

/** Variables of the verbs. */
export const VARIABLES = { CONTEXT, FORWARD: 'no', TIMEOUT: '120' };

const image = (key: ImageKey) => `${IMAGES[key].registry}/${IMAGES[key].repository}:${IMAGES[key].tag}`;
const inNamespace = (namespace: string, name: string, labels: object = {}) => ({ name, namespace, labels });

const security = (user: number) => ({
  runAsNonRoot: true,
  runAsUser: user,
  runAsGroup: user,
  fsGroup: user,
  seccompProfile: { type: 'RuntimeDefault' },
});
const CONTAINER = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/** The namespaces, the Secret, and rclone as an S3 server. */
export function prepare(): void {
  for (const name of [STACK, SENDERS]) kubectl(['create', 'namespace', name]);
  apply({ apiVersion: 'v1', kind: 'Secret', metadata: inNamespace(STACK, SECRET), stringData: KEYS });
  const serve = `mkdir -p /s3/${BUCKET} && exec rclone serve s3 --config /dev/null --addr :9000 --auth-key ${KEYS.access},${KEYS.secret} /s3`;
  apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: inNamespace(SENDERS, 's3', { app: 's3' }),
    spec: {
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      securityContext: security(1000),
      containers: [
        {
          name: 's3',
          image: image('backupStore'),
          command: ['/bin/sh', '-c', serve],
          securityContext: CONTAINER,
          readinessProbe: { tcpSocket: { port: 9000 }, periodSeconds: 1 },
          volumeMounts: [{ name: 's3', mountPath: '/s3' }],
        },
      ],
      volumes: [{ name: 's3', emptyDir: {} }],
    },
  });
  apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: inNamespace(SENDERS, 's3'),
    spec: { selector: { app: 's3' }, ports: [{ port: 9000, targetPort: 9000 }] },
  });
  kubectl(['-n', SENDERS, 'wait', 'pod', 's3', '--for=condition=Ready', '--timeout=60s']);
}

/** Starts the program that stands for Grafana, with the labels of Grafana's pods. */
export function startWriter(): void {
  const found = kubectl(['-n', STACK, 'get', 'deployment', 'grafana', '-o', 'jsonpath={.spec.selector.matchLabels}']);
  const script = readFileSync(join(__dirname, '../backup/grafana.py'), 'utf8');
  apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: inNamespace(STACK, 'grafana-writer', {
      ...JSON.parse(found),
      'app.kubernetes.io/part-of': 'cdk8s-observability',
    }),
    spec: {
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      securityContext: security(472),
      containers: [
        {
          name: 'main',
          image: image('backupTools'),
          command: ['python3', '-c', script],
          securityContext: CONTAINER,
          volumeMounts: [{ name: 'data', mountPath: '/var/lib/grafana' }],
        },
      ],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'grafana-data' } }],
    },
  });
  kubectl(['-n', STACK, 'wait', 'pod', 'grafana-writer', '--for=condition=Ready', '--timeout=60s']);
}

/** A shell in the pod of the S3 server. */
export const inServer = (script: string): string =>
  kubectl(['-n', SENDERS, 'exec', 's3', '--', '/bin/sh', '-c', script]).trim();

/** The code blocks of docs/backup.md in a language: the steps that it shows are those that are run here. */
const shown = (language: string): readonly string[] =>
  [
    ...readFileSync(join(ROOT, 'docs/backup.md'), 'utf8').matchAll(
      new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'),
    ),
  ].map(([, text = '']) => text);

const RCLONE_CONF = '/s3/rclone.conf';

/** Writes the configuration of rclone that docs/backup.md shows, with the values of this server. */
export function configureRclone(): void {
  const [conf = ''] = shown('ini');
  const obscured = (key: keyof typeof KEYS) => inServer(`printf %s '${KEYS[key]}' | rclone obscure -`);
  const values: readonly (readonly [string, string])[] = [
    ['provider = AWS', 'provider = Other'],
    ['https://s3.eu-central-1.amazonaws.com', URL],
    ['OBSCURED_PASSWORD', obscured('password')],
    ['OBSCURED_SALT', obscured('salt')],
    [' ACCESS_KEY_ID', ` ${KEYS.access}`],
    [' SECRET_ACCESS_KEY', ` ${KEYS.secret}`],
  ];
  const filled = values.reduce((all, [from, to]) => all.replace(from, to), conf);
  inServer(`cat > ${RCLONE_CONF} <<'END'\n${filled}END`);
}

/** rclone as docs/backup.md shows it. `copies:` is with the passwords, `s3:` without. */
export const rclone = (command: string): string => inServer(`rclone --config ${RCLONE_CONF} ${command}`);

/** The pod of docs/backup.md that reads a claim with copies. */
export function startFetching(): void {
  const pod = shown('yaml').find((text) => text.includes('name: fetch')) ?? '';
  kubectl(['apply', '-f', '-'], pod.replace('namespace: jan-monitoring', `namespace: ${STACK}`));
  kubectl(['-n', STACK, 'wait', 'pod/fetch', '--for=condition=Ready', '--timeout=60s']);
}

/** A folder of a pod, on this machine. */
export function download(namespace: string, pod: string, folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'e2e-scheduled-'));
  const tar = ['--context', CONTEXT, '-n', namespace, 'exec', pod, '--', 'tar', '-C', folder, '-cf', '-', '.'];
  const input = execFileSync('kubectl', tar, { maxBuffer: 2 ** 28 });
  execFileSync('tar', ['-x', '-C', copy, '-f', '-'], { input });
  return copy;
}

/** Restarts Alertmanager, which writes its files when it stops. */
export function restartAlertmanager(): void {
  const workload =
    kubectl(['-n', STACK, 'get', 'deployments,statefulsets', '-o', 'name']).match(/\S+\/alertmanager/)?.[0] ?? '';
  kubectl(['-n', STACK, 'rollout', 'restart', workload]);
  kubectl(['-n', STACK, 'rollout', 'status', workload, '--timeout=120s']);
}
