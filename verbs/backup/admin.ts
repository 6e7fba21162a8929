/** The Secret of Grafana's administrator: the database that is restored knows its password only. */
import { MADE_BY } from '../admin-secret';
import type { Kubectl } from '../kubectl';

/** File of the Secret in a backup. */
export const ADMIN = 'grafana-admin.json';

interface Secret {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
}

const [LABEL, VALUE] = Object.entries(MADE_BY)[0] ?? ['', ''];

const isOurs = ({ metadata }: Secret) => metadata.labels?.[LABEL] === VALUE;

async function find(kubectl: Kubectl, namespace: string, name: string): Promise<Secret | null> {
  const text = await kubectl.text(['get', 'secret', '-n', namespace, name, '--ignore-not-found', '-o', 'json']);
  return text === '' ? null : (JSON.parse(text) as Secret);
}

/** The Secret as JSON, if `monitor-up` has made it; null: there is none, or it is kept by another tool. */
export async function readAdmin(kubectl: Kubectl, namespace: string, name: string): Promise<string | null> {
  const secret = await find(kubectl, namespace, name);
  if (secret === null || !isOurs(secret)) return null;
  const { metadata, type, data } = secret;
  const kept = { name: metadata.name, namespace, labels: metadata.labels };
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: kept, type, data }, null, 2)}\n`;
}

/** Puts it back, unless another tool keeps a Secret of that name. @returns whether it was put back */
export async function restoreAdmin(kubectl: Kubectl, namespace: string, name: string, text: string): Promise<boolean> {
  const secret = await find(kubectl, namespace, name);
  if (secret !== null && !isOurs(secret)) return false;
  await kubectl.text(['apply', '--server-side', '--force-conflicts', '-f', '-'], text);
  return true;
}
