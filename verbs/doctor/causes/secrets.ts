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

export const SECRET_CAUSES: readonly AnyCause[] = [entryOf(SECRET_MISSING), entryOf(ADMIN_SECRET_MISSING)];
