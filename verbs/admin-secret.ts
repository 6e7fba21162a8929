import { randomBytes } from 'node:crypto';
import { CLAIM } from '../charts/grafana/chart';
import type { Variables } from '../config/variables';
import { objectLabels } from '../lib/labels';
import type { Commands } from './commands';
import type { Expected } from './expected';
import type { Kubectl } from './kubectl';
import type { State } from './state';
import { say } from './terminal';

/** Label of a Secret that `monitor-up` created, so that `monitor-down-v` deletes no other. */
export const MADE_BY = { 'app.kubernetes.io/managed-by': 'monitor-up' } as const;

/** Annotation of Grafana's claim: the Secret with the password with which the database there was created. */
export const ADMIN_SECRET = 'cdk8s-observability/admin-secret';

/** 144 random bits, in characters that need no quoting. */
const randomPassword = () => randomBytes(18).toString('base64url');

/**
 * Whether Grafana may have a password already. It creates its database at the first start, and the database keeps the password of that
 * moment. Call this before the claims are applied.
 */
export async function grafanaHasStarted(kubectl: Kubectl, { config: { namespace } }: Expected): Promise<boolean> {
  const claim = ['get', 'pvc', CLAIM, '-n', namespace, '--ignore-not-found', '-o', 'name'];
  return (await kubectl.text([...claim, '--request-timeout=10s'])) !== '';
}

/**
 * Makes sure that the Secret of Grafana's administrator exists. The variables take precedence, then an existing Secret; otherwise a
 * random password is generated, unless Grafana has already generated one itself.
 */
export async function provideAdmin(
  kubectl: Kubectl,
  expected: Expected,
  { GRAFANA_ADMIN_USER, GRAFANA_ADMIN_PASSWORD }: Variables,
  hasStarted: boolean,
): Promise<void> {
  const { namespace, grafana } = expected.config;
  const { secretName, user } = grafana.admin;
  const existing = await kubectl.text([
    'get',
    'secret',
    secretName,
    '-n',
    namespace,
    '--ignore-not-found',
    '-o',
    'json',
  ]);
  const current = existing === '' ? null : dataOf(existing);
  if (GRAFANA_ADMIN_PASSWORD === null && current === null && hasStarted && grafana.database.type === 'sqlite') return;
  if (grafana.database.type === 'sqlite') {
    const note = ['annotate', 'pvc', CLAIM, `${ADMIN_SECRET}=${secretName}`, '--overwrite'];
    await kubectl.text([...note, '-n', namespace, '--field-manager=monitor-up-admin']);
  }
  if (GRAFANA_ADMIN_PASSWORD === null && current !== null) return;
  const data = {
    'admin-user': GRAFANA_ADMIN_USER ?? current?.['admin-user'] ?? user,
    'admin-password': GRAFANA_ADMIN_PASSWORD ?? randomPassword(),
  };
  if (current !== null && Object.entries(data).every(([key, value]) => current[key] === value)) return;
  // A Secret that existed before keeps its labels, so that monitor-down-v does not delete it.
  const labels = current === null ? { ...objectLabels(namespace), ...MADE_BY } : undefined;
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: secretName, namespace, ...(labels !== undefined && { labels }) },
    type: 'Opaque',
    stringData: data,
  };
  await kubectl.text(['apply', '--server-side', '--force-conflicts', '-f', '-'], JSON.stringify(secret));
  const password = GRAFANA_ADMIN_PASSWORD === null ? 'a random password' : 'the password of GRAFANA_ADMIN_PASSWORD';
  say(`Secret ${secretName}: user ${data['admin-user']} with ${password}`);
  if (hasStarted) {
    say('  Grafana keeps the password with which its database was created. To set the new one:');
    const reset = 'grafana cli admin reset-admin-password --password-from-stdin';
    say(`  ${kubectl.commands.kubectl(`-n ${namespace} exec -i deploy/grafana -c grafana -- ${reset}`)}`);
  }
}

function dataOf(secret: string): Readonly<Record<string, string>> {
  const { data = {} } = JSON.parse(secret) as { data?: Readonly<Record<string, string>> };
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
}

/** The command that prints the password. */
export function passwordHint(
  { kubectl }: Commands,
  { config: { namespace, grafana } }: Expected,
  secrets: State['secrets'],
): string {
  const { secretName } = grafana.admin;
  return secrets.has(secretName)
    ? `${kubectl(`-n ${namespace} get secret ${secretName} -o jsonpath='{.data.admin-password}'`)} | base64 -d`
    : kubectl(`-n ${namespace} exec deploy/grafana -c grafana -- cat /var/lib/grafana/.admin-password`);
}
