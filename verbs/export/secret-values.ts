/** The Secrets of the stack and of what it monitors: their values are read so that they can be taken out, and kept nowhere. */
import type { Expected } from '../expected';
import type { Kubectl } from '../kubectl';
import type { Meta } from '../objects';
import { reasonOf } from '../reason';
import { placesOf } from '../state';
import type { Missing } from './item';
import { publicNames } from './public-names';
import { formsOf, type SecretValue } from './secret-forms';
import { NOT_SEARCHED, secretToken } from './tokens';

interface Secret extends Meta {
  readonly metadata: Meta['metadata'] & { readonly namespace: string };
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
}

/** What the archive says of a Secret. */
interface SecretNames {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  /** What stands for the value of each key. */
  readonly keys: Readonly<Record<string, string>>;
}

/** The values, the names, and where Secrets could not be read. */
export interface Secrets {
  readonly values: readonly SecretValue[];
  readonly names: readonly SecretNames[];
  readonly missing: readonly Missing[];
}

/** Reads the Secrets of the stack's namespaces and of Jan Server's. */
export async function readSecrets(kubectl: Kubectl, expected: Expected): Promise<Secrets> {
  const { config } = expected;
  const { namespace, extra } = placesOf(config);
  const others = config.janServer === null ? [] : [config.janServer.namespace];
  const places = [...new Set([namespace, ...extra, ...others])];
  const read = await Promise.all(places.map((place) => readIn(kubectl, place)));
  const secrets = read.flatMap((found) => found.secrets);
  const names = publicNames(expected, secrets);
  const values = secrets
    .flatMap(entriesOf)
    .map(({ name, value }, index) => ({ name, token: secretToken(index + 1), patterns: formsOf(value, names) }));
  return {
    values,
    names: secrets.map((secret) => namesOf(secret, new Map(values.map((value) => [value.name, value])))),
    missing: read.flatMap(({ missing }) => missing),
  };
}

function namesOf(secret: Secret, values: ReadonlyMap<string, SecretValue>): SecretNames {
  const { metadata, type = '' } = secret;
  const standIn = (name: string) => {
    const { token = '', patterns = [] } = values.get(name) ?? {};
    return patterns.length === 0 ? NOT_SEARCHED : token;
  };
  const keys = Object.fromEntries(entriesOf(secret).map(({ key, name }) => [key, standIn(name)]));
  return { namespace: metadata.namespace, name: metadata.name, type, keys };
}

async function readIn(
  kubectl: Kubectl,
  namespace: string,
): Promise<{ readonly secrets: readonly Secret[]; readonly missing: readonly Missing[] }> {
  try {
    return { secrets: await kubectl.list<Secret>('secrets', '-n', namespace), missing: [] };
  } catch (error) {
    const about = `Secrets of ${namespace}: their values are not known, so only what looks like a credential was removed`;
    return { secrets: [], missing: [{ path: 'secrets.yaml', about, reason: reasonOf(error) }] };
  }
}

/** The values of a Secret, in the order of their keys. */
const entriesOf = ({ metadata: { namespace, name }, data = {} }: Secret) =>
  Object.entries(data)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => ({ key, name: `${namespace}/${name}/${key}`, value: Buffer.from(value, 'base64') }));
