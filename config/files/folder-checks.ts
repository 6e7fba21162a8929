import { DASHBOARD_UIDS, RUNBOOK_UID_PREFIX } from '../../lib/dashboard-uids';
import { type Problem, showValue } from '../problems';
import type { UserDashboard } from './dashboards';
import { listFiles, listing } from './folder';

/** A name of an alert begins with a capital letter. */
const OF_A_RUNBOOK = new RegExp(`^${RUNBOOK_UID_PREFIX}[A-Z]`);

/** Dashboards that would overwrite each other, or one of ours: Grafana identifies them by their uid. */
export function doubledUids(dashboards: readonly UserDashboard[]): Problem[] {
  const seen = new Map<string, string>(Object.values(DASHBOARD_UIDS).map((uid) => [uid, 'one of our own']));
  return dashboards.flatMap(({ name, uid }) => {
    const first = OF_A_RUNBOOK.test(uid) ? 'the runbook page of an alert' : seen.get(uid);
    if (first === undefined) {
      seen.set(uid, name);
      return [];
    }
    return [
      {
        file: `dashboards/${name}`,
        path: 'uid',
        value: showValue(uid),
        allowed: `a unique uid: ${first} has the same`,
        fix: 'change one uid',
      },
    ];
  });
}

/** File names that look right but have another extension. Ignoring them silently would hide a mistake. */
const ENDINGS = [
  { folder: 'environments', ending: '.yaml', similar: /\.ya?ml$/i },
  { folder: 'rules', ending: '.yaml', similar: /\.ya?ml$/i },
  { folder: 'dashboards', ending: '.json', similar: /\.(json|ya?ml)$/i },
] as const;

/** Folders of the user that cannot be listed. */
export const unreadable = (root: string): Problem[] =>
  ENDINGS.flatMap(({ folder }) => {
    const names = listing(root, folder);
    return names.ok ? [] : names.problems;
  });

/** Every file that is not read although its name looks right. */
export function misnamed(root: string): Problem[] {
  return ENDINGS.flatMap(({ folder, ending, similar }) =>
    listFiles(root, folder, '')
      .filter((name) => similar.test(name) && !name.endsWith(ending))
      .map((name) => ({
        file: `${folder}/${name}`,
        path: '',
        allowed: `files with the extension ${ending}; this one is not read`,
        fix: `rename it to ${name.replace(similar, ending)}, or move it elsewhere`,
      })),
  );
}
