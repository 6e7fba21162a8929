import { ADMIN_SECRET } from '../admin-secret';
import type { State } from '../state';
import { ADMIN_SECRET_MISSING, SECRET_MISSING } from './causes/secrets';
import type { DesiredState } from './desired-state';
import { type Finding, findingOf } from './finding';

/** Secrets that do not exist. */
export function secretFindings(desired: DesiredState, { secrets, claims }: State): Finding[] {
  const missing = [...desired.secrets]
    .filter(([secret]) => !secrets.has(secret))
    .map(([secret, use]) => findingOf(desired, SECRET_MISSING, { part: `Secret/${secret}`, details: { secret, use } }));
  const admin = claims
    .map(({ metadata: { annotations = {} } }) => annotations[ADMIN_SECRET])
    .filter((secret) => secret !== undefined && !secrets.has(secret))
    .map((secret) => findingOf(desired, ADMIN_SECRET_MISSING, { part: `Secret/${secret}`, details: null }));
  return [...missing, ...admin];
}
