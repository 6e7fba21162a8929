/** Secrets: that they exist, have the keys that programs need, and were not changed after programs had read them. */
import { ADMIN_SECRET } from '../admin-secret';
import type { Pod } from '../objects';
import type { State } from '../state';
import { ADMIN_PASSWORD, ADMIN_SECRET_MISSING, SECRET_CHANGED, SECRET_KEY, SECRET_MISSING } from './causes/secrets';
import type { DesiredState } from './desired-state';
import { type Finding, findingOf } from './finding';
import { usesOf } from './uses';

const partOf = (secret: string) => `Secret/${secret}`;
/** The keys of the administrator's Secret. Its mount is optional, so that nothing fails without them. */
const ADMIN_KEYS = ['admin-user', 'admin-password'] as const;

/** Secrets that do not exist, or lack a key. */
export function secretFindings(desired: DesiredState, { secrets, claims }: State): Finding[] {
  const { secretName } = desired.config.grafana.admin;
  const grafana = { users: [desired.places.grafana.service], keys: ADMIN_KEYS };
  // It has these keys, or does not exist.
  const required = new Map([...(secrets.has(secretName) ? [[secretName, grafana] as const] : []), ...desired.secrets]);
  const found = [...required].flatMap(([secret, use]) => {
    const part = partOf(secret);
    const facts = secrets.get(secret);
    if (facts === undefined) return [findingOf(desired, SECRET_MISSING, { part, details: { secret, use } })];
    // A patch may mount a whole Secret: then the names of its keys are not known.
    const missing = use.keys.filter((key) => key !== 'KEY' && !facts.keys.includes(key));
    const details = { secret, use, missing, existing: facts.keys };
    return missing.length === 0 ? [] : [findingOf(desired, SECRET_KEY, { part, details })];
  });
  const admin = claims
    .map(({ metadata: { annotations = {} } }) => annotations[ADMIN_SECRET])
    .filter((secret) => secret !== undefined && !secrets.has(secret) && !required.has(secret))
    .map((secret) => findingOf(desired, ADMIN_SECRET_MISSING, { part: partOf(secret ?? ''), details: null }));
  return [...found, ...admin];
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
