/**
 * The Secret of Grafana's administrator: the database that is restored knows its password only. While a restore is not finished, the
 * earlier Secret is kept beside it under another name.
 */
import * as z from 'zod';
import { objectLabels } from '../../lib/labels';
import { MADE_BY } from '../admin-secret';
import type { Kubectl } from '../kubectl';
import { say, VerbError } from '../terminal';

/** File of the Secret in a backup. */
export const ADMIN = 'grafana-admin.json';

type Data = Readonly<Record<string, string>>;

/** What a backup may have of it. Other objects would be applied with the operator's rights. */
const SCHEMA = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Secret'),
  metadata: z.object({ name: z.string() }),
  type: z.literal('Opaque').optional(),
  data: z.record(z.string().regex(/^[-._a-zA-Z0-9]{1,253}$/), z.base64()),
});

interface Secret {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly type?: string;
  readonly data?: Data;
}

const [LABEL, VALUE] = Object.entries(MADE_BY)[0] ?? ['', ''];

const isOurs = ({ metadata }: Secret) => metadata.labels?.[LABEL] === VALUE;

/** Annotation of a Secret that a restore has made, until the restore is finished. */
const RESTORED = 'cdk8s-observability/restored';

/** Name of the earlier Secret meanwhile. */
const earlier = (name: string) => `${name}-before-restore`;

async function find(kubectl: Kubectl, namespace: string, name: string): Promise<Secret | null> {
  const text = await kubectl.text(['get', 'secret', '-n', namespace, name, '--ignore-not-found', '-o', 'json']);
  return text === '' ? null : (JSON.parse(text) as Secret);
}

/** The Secret as JSON, if `monitor-up` has made it; null: there is none, or it is kept by another tool. */
export async function readAdmin(kubectl: Kubectl, namespace: string, name: string): Promise<string | null> {
  const secret = await find(kubectl, namespace, name);
  if (secret === null || !isOurs(secret)) return null;
  const { metadata, type, data } = secret;
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: metadata.name }, type, data }, null, 2)}\n`;
}

/**
 * The values in a backup's file.
 * @throws VerbError if it is anything else than a Secret
 */
export function parseAdmin(text: string): Data {
  const parsed = SCHEMA.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data.data;
  const [issue] = parsed.error.issues;
  const what = `${ADMIN} is not a Secret as monitor-backup writes it: ${issue?.path.join('.')}: ${issue?.message}`;
  throw new VerbError([{ what, fix: 'nothing was changed; restore another backup' }]);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The Secret with some values, as `monitor-up` would make it. */
function apply(kubectl: Kubectl, namespace: string, name: string, data: Data, annotations: Data): Promise<string> {
  const metadata = { name, namespace, labels: { ...objectLabels(namespace), ...MADE_BY }, annotations };
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data };
  return kubectl.text(['apply', '--server-side', '--force-conflicts', '-f', '-'], JSON.stringify(secret));
}

const remove = (kubectl: Kubectl, namespace: string, name: string) =>
  kubectl.text(['delete', 'secret', '-n', namespace, name, '--ignore-not-found']);

async function findEarlier(kubectl: Kubectl, namespace: string, name: string): Promise<Secret | null> {
  const before = await find(kubectl, namespace, earlier(name));
  return before !== null && isOurs(before) ? before : null;
}

async function removeEarlier(kubectl: Kubectl, namespace: string, name: string): Promise<void> {
  if ((await findEarlier(kubectl, namespace, name)) !== null) await remove(kubectl, namespace, earlier(name));
}

const isSame = (one: Data, other: Data) =>
  Object.keys({ ...one, ...other }).every((key) => one[key] !== undefined && one[key] === other[key]);

async function keep(kubectl: Kubectl, namespace: string, name: string, data: Data): Promise<void> {
  const there = await find(kubectl, namespace, earlier(name));
  if (there === null || isOurs(there)) {
    await apply(kubectl, namespace, earlier(name), data, {});
    return;
  }
  const what = `Secret ${earlier(name)} is kept by another tool; the earlier values of ${name} cannot be kept under that name`;
  throw new VerbError([{ what, fix: 'give that Secret another name' }]);
}

/**
 * Puts the Secret of a backup into place, unless another tool keeps one of that name.
 * @throws VerbError if the earlier one cannot be kept
 */
export async function restoreAdmin(kubectl: Kubectl, namespace: string, name: string, data: Data): Promise<void> {
  const secret = await find(kubectl, namespace, name);
  if (secret !== null && !isOurs(secret)) {
    say(
      `Secret ${name} is kept by another tool, and stays as it is; Grafana's database has the password of the backup.`,
    );
    return;
  }
  if (secret !== null && isSame(secret.data ?? {}, data)) return;
  if (secret !== null) await keep(kubectl, namespace, name, secret.data ?? {});
  await apply(kubectl, namespace, name, data, { [RESTORED]: 'not finished' });
}

/** Goes back to the Secret that was there before a restore; none, if there was none. */
export async function goBackToAdmin(kubectl: Kubectl, namespace: string, name: string): Promise<void> {
  const secret = await find(kubectl, namespace, name);
  if (secret?.metadata.annotations?.[RESTORED] !== undefined) {
    const before = await findEarlier(kubectl, namespace, name);
    if (before === null) await remove(kubectl, namespace, name);
    else await apply(kubectl, namespace, name, before.data ?? {}, {});
  }
  await removeEarlier(kubectl, namespace, name);
}

/** Keeps the restored Secret: the restore is finished. */
export async function forgetEarlierAdmin(kubectl: Kubectl, namespace: string, name: string): Promise<void> {
  const secret = await find(kubectl, namespace, name);
  if (secret?.metadata.annotations?.[RESTORED] !== undefined)
    await kubectl.text(['annotate', 'secret', '-n', namespace, name, `${RESTORED}-`]);
  await removeEarlier(kubectl, namespace, name);
}
