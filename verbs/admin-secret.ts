import { randomBytes } from 'node:crypto';
import { CLAIM } from '../charts/grafana/chart';
import type { Variables } from '../config/variables';
import { objectLabels } from '../lib/labels';
import type { Commands } from './commands';
import type { Expected } from './expected';
import type { Kubectl } from './kubectl';
import { say } from './terminal';

/** Label of the Secret that we have made, so that `monitor-down-v` removes no other. */
export const MADE_BY = { 'app.kubernetes.io/managed-by': 'monitor-up' } as const;

/** Annotation of Grafana's claim: the Secret that holds the password which the database there was made with. */
export const ADMIN_SECRET = 'cdk8s-observability/admin-secret';

/** 144 random bits, in letters that need no quoting. */
const randomPassword = () => randomBytes(18).toString('base64url');

/**
 * Whether Grafana may have a password already: its database is made at its first start, and keeps the one it was made with.
 * Asked before the claims are applied.
 */
export async function grafanaHasStarted(kubectl: Kubectl, { config: { namespace } }: Expected): Promise<boolean> {
  const claim = ['get', 'pvc', CLAIM, '-n', namespace, '--ignore-not-found', '-o', 'name'];
  return (await kubectl.text([...claim, '--request-timeout=10s'])) !== '';
}

/**
 * Provides the Secret of Grafana's administrator. The variables win; a Secret that exists stays; otherwise a random password
 * is made, unless Grafana has made one for itself before.
 */
export async function provideAdmin(
  kubectl: Kubectl,
  expected: Expected,
  { GRAFANA_ADMIN_USER, GRAFANA_ADMIN_PASSWORD }: Variables,
  hasStarted: boolean,
): Promise<void> {
  const { namespace, grafana } = expected.config;
  const { secretName, user } = grafana.admin;
  const there = await kubectl.text(['get', 'secret', secretName, '-n', namespace, '--ignore-not-found', '-o', 'json']);
  const current = there === '' ? null : dataOf(there);
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
  // A Secret that somebody else has made keeps its labels, so that monitor-down-v leaves it.
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
  say(`Secret ${secretName}: the administrator ${data['admin-user']} with ${password}`);
  if (hasStarted) {
    say('  Grafana keeps the password that its database was made with. To set the new one:');
    const reset = 'grafana cli admin reset-admin-password --password-from-stdin';
    say(`  ${kubectl.commands.kubectl(`-n ${namespace} exec -i deploy/grafana -c grafana -- ${reset}`)}`);
  }
}

function dataOf(secret: string): Readonly<Record<string, string>> {
  const { data = {} } = JSON.parse(secret) as { data?: Readonly<Record<string, string>> };
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
}

/** How to read the password, as a command. */
export function passwordHint(
  { kubectl }: Commands,
  { config: { namespace, grafana } }: Expected,
  secrets: ReadonlySet<string>,
): string {
  const { secretName } = grafana.admin;
  return secrets.has(secretName)
    ? `${kubectl(`-n ${namespace} get secret ${secretName} -o jsonpath='{.data.admin-password}'`)} | base64 -d`
    : kubectl(`-n ${namespace} exec deploy/grafana -c grafana -- cat /var/lib/grafana/.admin-password`);
}
