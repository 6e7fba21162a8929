/** Secrets that programs need. */
import { createSecret, type SecretUse } from '../../secrets';
import { type AnyCause, type Cause, entryOf } from '../cause';

const partOf = (secret: string) => `Secret/${secret}`;

/** A Secret, and its users. */
interface Missing {
  readonly secret: string;
  readonly use: SecretUse;
}

export const SECRET_MISSING: Cause<Missing> = {
  id: 'secret-missing',
  section: 'start',
  title: 'A Secret is missing',
  meaning:
    'The environment file names Secrets for passwords and addresses; this one was not created. New pods wait for it in ContainerCreating or CreateContainerConfigError.',
  found: 'The list of Secrets in the namespace does not have it. Values are not read.',
  says: ({ use }) =>
    `it does not exist; new pods of ${use.users.join(', ')} cannot start without it, running pods continue until they restart`,
  next: ({ commands, places: { namespace } }, { secret, use }) =>
    `${createSecret(commands, namespace, secret, use)}; for the Secret of Grafana's administrator: ${commands.make('monitor-up')}`,
  example: () => ({
    part: partOf('slack'),
    details: { secret: 'slack', use: { users: ['alertmanager'], keys: ['url'] } },
  }),
};

export const ADMIN_SECRET_MISSING: Cause<null> = {
  id: 'admin-secret-missing',
  section: 'grafana',
  title: "The Secret with Grafana's password is missing",
  meaning:
    'Grafana keeps the password with which its database was created, and runs on. But the Secret that held the password was deleted, so that it cannot be looked up.',
  found: "An annotation of Grafana's claim names the Secret, and the Secret does not exist.",
  says: () => "it does not exist, and it held the password with which Grafana's database was created",
  next: ({ commands: { make } }) =>
    `GRAFANA_ADMIN_PASSWORD=... ${make('monitor-up')} recreates it, and prints how to set that password in Grafana`,
  example: () => ({ part: partOf('grafana-admin'), details: null }),
};

/** Keys that are missing. */
interface Keys extends Missing {
  readonly missing: readonly string[];
  readonly existing: readonly string[];
}
const words = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '));

export const SECRET_KEY: Cause<Keys> = {
  id: 'secret-key-missing',
  section: 'start',
  title: 'A Secret has a wrong key',
  meaning:
    'The Secret exists, but not with the key that the environment file names. New pods do not start: FailedMount says "references non-existent secret key".',
  found: 'The keys of the Secret are compared with those that the programs mount. Values are not read.',
  says: ({ missing, existing, use }) =>
    `it has no key ${missing.join(', ')}, which ${use.users.join(', ')} needs; it has ${words(existing)}`,
  next: ({ commands: { kubectl }, places: { namespace } }, { secret, missing }) =>
    `add the key, or correct its name in the environment file: ${kubectl(`-n ${namespace} patch secret ${secret} --type=merge -p '{"stringData":{${missing.map((key) => `"${key}":"VALUE"`).join(',')}}}'`)}`,
  example: () => ({
    part: partOf('slack'),
    details: {
      secret: 'slack',
      use: { users: ['alertmanager'], keys: ['url'] },
      missing: ['url'],
      existing: ['webhook'],
    },
  }),
};

/** A Secret that was written after pods had read it. */
interface Written {
  readonly secret: string;
  readonly written: string;
  /** The workloads whose pods started before. */
  readonly users: readonly string[];
}

export const SECRET_CHANGED: Cause<Written> = {
  id: 'secret-changed',
  section: 'grafana',
  title: 'A password was changed, and the program still has the old one',
  meaning:
    'Grafana reads the passwords of its data sources, database and mail server at its start, and variables of any container are set at its start. After a change of the Secret they go on with the old value.',
  found: 'The API server notes when the values of a Secret were written. A pod that reads it once started before.',
  says: ({ written, users }) =>
    `its values were written at ${written}, after the pods of ${users.join(', ')} had read them`,
  next: ({ commands: { kubectl }, places: { namespace } }, { users }) =>
    users.map((user) => kubectl(`-n ${namespace} rollout restart ${user.toLowerCase()}`)).join(' && '),
  example: ({ places: { grafana } }) => ({
    part: partOf('mimir'),
    details: { secret: 'mimir', written: '2026-01-31T12:00:00Z', users: [`Deployment/${grafana.service}`] },
  }),
};

export const ADMIN_PASSWORD: Cause<{ readonly written: string }> = {
  id: 'admin-password-changed',
  section: 'grafana',
  title: "Grafana's password may not be the one of the Secret",
  meaning:
    "Grafana keeps the password with which its database was created. A Secret that was changed later does not change it, so that the login with the Secret's password fails. This is a remark, since it may have been set in Grafana too: the exit code stays 0.",
  isRemark: true,
  found: "The values of the administrator's Secret were written again after it was created.",
  says: ({ written }) => `its password was changed at ${written}, and Grafana does not read it again`,
  next: ({ commands: { kubectl }, places: { namespace, grafana } }) =>
    `if the login fails, set the password of the Secret in Grafana: ${kubectl(`-n ${namespace} exec -i deploy/${grafana.service} -c grafana -- grafana cli admin reset-admin-password --password-from-stdin`)}`,
  example: () => ({ part: partOf('grafana-admin'), details: { written: '2026-01-31T12:00:00Z' } }),
};

export const SECRET_CAUSES: readonly AnyCause[] = [
  entryOf(SECRET_MISSING),
  entryOf(SECRET_KEY),
  entryOf(SECRET_CHANGED),
  entryOf(ADMIN_PASSWORD),
  entryOf(ADMIN_SECRET_MISSING),
];
