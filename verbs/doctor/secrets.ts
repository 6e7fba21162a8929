/** Secrets: that they exist, have the keys that programs need, and were not changed after programs had read them. */
import { ADMIN_SECRET } from '../admin-secret';
import type { Pod } from '../objects';
import type { SecretUse } from '../secrets';
import type { SecretFacts, State } from '../state';
import { ADMIN_PASSWORD, ADMIN_SECRET_MISSING, SECRET_CHANGED, SECRET_KEY, SECRET_MISSING } from './causes/secrets';
import type { DesiredState } from './desired-state';
import { type Finding, findingOf } from './finding';
import { usesOf } from './uses';

const partOf = (secret: string) => `Secret/${secret}`;
/** The keys of the administrator's Secret. Its mount is optional, so that nothing fails without them. */
const ADMIN_KEYS = ['admin-user', 'admin-password'] as const;

/** Secrets without which pods do not start: that do not exist, or lack a key. */
export function secretFindings(desired: DesiredState, { secrets, claims }: State): Finding[] {
  const found = [...desired.secrets].flatMap(([secret, use]) => {
    const facts = secrets.get(secret);
    if (facts !== undefined) return keyFindings(desired, secret, use, facts);
    return [findingOf(desired, SECRET_MISSING, { part: partOf(secret), details: { secret, use } })];
  });
  const admin = claims
    .map(({ metadata: { annotations = {} } }) => annotations[ADMIN_SECRET])
    .filter((secret) => secret !== undefined && !secrets.has(secret) && !desired.secrets.has(secret))
    .map((secret) => findingOf(desired, ADMIN_SECRET_MISSING, { part: partOf(secret ?? ''), details: null }));
  return [...found, ...admin];
}

function keyFindings(desired: DesiredState, secret: string, use: SecretUse, { keys }: SecretFacts): Finding[] {
  // A patch may mount a whole Secret: then the names of its keys are not known.
  const missing = use.keys.filter((key) => key !== 'KEY' && !keys.includes(key));
  const details = { secret, use, missing, existing: keys };
  return missing.length === 0 ? [] : [findingOf(desired, SECRET_KEY, { part: partOf(secret), details })];
}

/** The Secret of Grafana's administrator where its mount is optional: Grafana starts without the keys, with another password. */
export function adminFindings(desired: DesiredState, { secrets }: State): Finding[] {
  const { secretName } = desired.config.grafana.admin;
  const facts = secrets.get(secretName);
  if (facts === undefined || desired.secrets.has(secretName)) return [];
  return keyFindings(desired, secretName, { users: [desired.places.grafana.service], keys: ADMIN_KEYS }, facts);
}

/** Secrets that were changed after pods had read them. */
export function changedSecrets(desired: DesiredState, { secrets, pods }: State): Finding[] {
  const { places, config } = desired;
  return [...secrets].flatMap(([secret, { created, written }]) => {
    const part = partOf(secret);
    if (secret === config.grafana.admin.secretName) {
      if (!desired.controllers.some(({ name, replicas }) => name === places.grafana.service && replicas !== 0))
        return [];
      return written > created ? [findingOf(desired, ADMIN_PASSWORD, { part, details: { written } })] : [];
    }
    const users = pods
      .filter((pod) => readsOnce(pod, secret, places.grafana.service) && startOf(pod) !== '' && startOf(pod) < written)
      .map(({ metadata: { ownerReferences: [owner] = [] } }) =>
        // A ReplicaSet is named after its Deployment and a hash.
        owner?.kind === 'ReplicaSet'
          ? `Deployment/${owner.name.replace(/-[^-]*$/, '')}`
          : `${owner?.kind}/${owner?.name}`,
      );
    if (users.length === 0) return [];
    return [findingOf(desired, SECRET_CHANGED, { part, details: { secret, written, users: [...new Set(users)] } })];
  });
}

/** Variables are set when a container starts, and Grafana reads files then. The other programs read a file at each use. */
function readsOnce(pod: Pod, secret: string, grafana: string): boolean {
  const { variables, volumes } = usesOf(pod);
  const isGrafana = pod.metadata.labels?.['app.kubernetes.io/name'] === grafana;
  return variables.includes(partOf(secret)) || (isGrafana && volumes.includes(partOf(secret)));
}

/** When the first container of a pod started; empty: none runs. */
const startOf = ({ status }: Pod): string =>
  (status?.containerStatuses ?? [])
    .map(({ state }) => state?.running?.startedAt ?? '')
    .sort()
    .at(0) ?? '';
