/** A stack with scheduled backups, and an S3 server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IMAGES, type ImageKey } from '../../../config/images';
import { apply, CONTEXT, kubectl } from '../../cluster/cluster';
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

/** The project of the stack. */
export const PROJECT = projectWith(LIGHT, {
  namespace: STACK,
  janServer: { namespace: SENDERS },
  kubelet: { enabled: false },
  backup: {
    schedule: '0 3 1 1 *',
    keep: 2,
    destination: {
      type: 's3',
      url: `http://s3.${SENDERS}.svc:9000`,
      bucket: BUCKET,
      accessKeySecret: secretKey('access'),
      secretKeySecret: secretKey('secret'),
    },
    encryption: { passwordSecret: secretKey('password'), saltSecret: secretKey('salt') },
  },
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

const CRYPT = `export RCLONE_CONFIG=/dev/null RCLONE_CONFIG_STORE_TYPE=crypt RCLONE_CONFIG_STORE_REMOTE=/s3/${BUCKET}/observability
export RCLONE_CONFIG_STORE_PASSWORD="$(printf %s '${KEYS.password}' | rclone obscure -)"
export RCLONE_CONFIG_STORE_PASSWORD2="$(printf %s '${KEYS.salt}' | rclone obscure -)"
`;

/** rclone on the server's files, with the passwords. */
export const decrypted = (command: string): string => inServer(`${CRYPT}${command}`);
