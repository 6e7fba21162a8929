import type { Construct } from 'constructs';
import { ComponentChart } from '../../lib/component-chart';
import { addRole, type Grant } from '../shared/roles';

/** A namespace that is not the stack's, and what accounts of the stack may do there. */
export interface OutsideRights {
  /** Folder below the environment's: the first one that a grant in this namespace names. */
  readonly folder: string;
  readonly namespace: string;
  readonly grants: readonly Grant[];
}

/** Every namespace that grants are about, once. A grant that another one includes is left out. */
export function outsideRights(grants: readonly Grant[]): OutsideRights[] {
  const found = new Map<string, OutsideRights>();
  for (const grant of grants) {
    const before = found.get(grant.namespace) ?? { folder: grant.folder, namespace: grant.namespace, grants: [] };
    const isThere = before.grants.some((other) => includes(other, grant));
    found.set(grant.namespace, isThere ? before : { ...before, grants: [...before.grants, grant] });
  }
  return [...found.values()];
}

/** Whether one grant gives the same account all that another gives. */
const includes = (one: Grant, other: Grant): boolean =>
  one.account === other.account &&
  (one.right.purpose === other.right.purpose || (one.right.includes ?? []).includes(other.right.purpose));

/** The rights of the stack in a namespace that belongs to somebody else. It is never rendered or deleted here. */
export class OutsideRightsChart extends ComponentChart {
  /** @param home namespace of the stack, where its accounts live */
  constructor(scope: Construct, id: string, { namespace, grants }: OutsideRights, home: string) {
    super(scope, id, namespace, home);
    for (const { account, right } of grants) addRole(this, right, { name: account, namespace: home });
  }
}
