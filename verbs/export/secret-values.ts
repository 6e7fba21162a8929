/** The Secrets of the stack and of what it monitors: their values are read so that they can be taken out, and kept nowhere. */
import type { Expected } from '../expected';
import type { Kubectl } from '../kubectl';
import type { Meta } from '../objects';
import { reasonOf } from '../reason';
import { placesOf } from '../state';
import type { Missing } from './item';
import { notSearched, type SecretValue } from './secret-forms';

interface Secret extends Meta {
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
}

/** What the archive says of a Secret. */
interface SecretNames {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly keys: readonly string[];
  /** Keys whose value is not searched for, and why. */
  readonly notSearched?: Readonly<Record<string, string>>;
}

/** The values, the names, and where Secrets could not be read. */
export interface Secrets {
  readonly values: readonly SecretValue[];
  readonly names: readonly SecretNames[];
  readonly missing: readonly Missing[];
}

/** Reads the Secrets of the stack's namespaces and of Jan Server's. */
export async function readSecrets(kubectl: Kubectl, { config }: Expected): Promise<Secrets> {
  const { namespace, extra } = placesOf(config);
  const others = config.janServer === null ? [] : [config.janServer.namespace];
  const read = await Promise.all([...new Set([namespace, ...extra, ...others])].map((place) => readIn(kubectl, place)));
  return {
    values: read.flatMap(({ values }) => values),
    names: read.flatMap(({ names }) => names),
    missing: read.flatMap(({ missing }) => missing),
  };
}

async function readIn(kubectl: Kubectl, namespace: string): Promise<Secrets> {
  try {
    const secrets = await kubectl.list<Secret>('secrets', '-n', namespace);
    return {
      values: secrets.flatMap(valuesOf),
      names: secrets.map((secret) => namesOf(namespace, secret)),
      missing: [],
    };
  } catch (error) {
    const about = `Secrets of ${namespace}: their values are not known, so only what looks like a credential was removed`;
    return { values: [], names: [], missing: [{ path: 'secrets.yaml', about, reason: reasonOf(error) }] };
  }
}

const valuesOf = ({ metadata: { name }, data = {} }: Secret): SecretValue[] =>
  Object.entries(data).map(([key, value]) => ({ name: `${name}/${key}`, value: Buffer.from(value, 'base64') }));

function namesOf(namespace: string, secret: Secret): SecretNames {
  const { metadata, type = '', data = {} } = secret;
  const reasons = valuesOf(secret).flatMap((value) => {
    const reason = notSearched(value);
    return reason === null ? [] : [[value.name.slice(metadata.name.length + 1), reason]];
  });
  return {
    namespace,
    name: metadata.name,
    type,
    keys: Object.keys(data).sort(),
    ...(reasons.length > 0 && { notSearched: Object.fromEntries(reasons) as Record<string, string> }),
  };
}
