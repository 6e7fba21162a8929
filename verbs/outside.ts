/** The objects for namespaces that are not the stack's: which of them can be applied now, and who can apply the others. */
import type { Expected, OutsidePlace } from './expected';
import type { Kubectl } from './kubectl';
import { hasNamespace } from './namespaces';
import { kindsOf, missingRights } from './permissions';

/** Whether its objects can be applied: they cannot while the namespace is absent, and never without the rights. */
type Access = 'open' | 'absent' | 'forbidden';

/** What is asked for: the comparison reads the objects, and an apply creates or patches them. */
const VERBS = ['get', 'create', 'patch'];

async function accessOf(kubectl: Kubectl, { namespace, objects }: OutsidePlace): Promise<Access> {
  if (!(await hasNamespace(kubectl, namespace))) return 'absent';
  return (await missingRights(kubectl, kindsOf(objects, VERBS))).length > 0 ? 'forbidden' : 'open';
}

const withAccess = (kubectl: Kubectl, { outside }: Expected) =>
  Promise.all(outside.map(async (place) => ({ ...place, access: await accessOf(kubectl, place) })));

/** The namespaces whose objects can be applied, with these objects. */
export async function openPlaces(kubectl: Kubectl, expected: Expected): Promise<readonly OutsidePlace[]> {
  return (await withAccess(kubectl, expected)).filter(({ access }) => access === 'open');
}

/** A remark for each of the others. */
export async function outsideNotes(kubectl: Kubectl, expected: Expected): Promise<readonly string[]> {
  const { environment } = expected.config;
  const { make, kubectl: command } = kubectl.commands;
  return (await withAccess(kubectl, expected)).flatMap(({ namespace, folder, access }) => {
    if (access === 'open') return [];
    if (access === 'absent')
      return `The namespace ${namespace} does not exist yet: the stack gets no permissions there. Run ${make('monitor-up')} again once it exists.`;
    const apply = command(`apply --server-side --force-conflicts -f dist/${environment}/${folder}`);
    return `You cannot change Roles in the namespace ${namespace}, so its objects are left as they are. An administrator can apply them: ${apply}`;
  });
}
