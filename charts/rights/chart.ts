import type { Construct } from 'constructs';
import { ComponentChart } from '../../lib/component-chart';
import { addRole, type Grant } from '../common/roles';

/** A namespace that is not the stack's, and the rights of the stack's ServiceAccounts there. */
export interface OutsideRights {
  /** Folder below the environment's: that of the first grant in this namespace. */
  readonly folder: string;
  readonly namespace: string;
  readonly grants: readonly Grant[];
}

/** Every namespace with grants, once. A grant that another one includes is left out. */
export function outsideRights(grants: readonly Grant[]): OutsideRights[] {
  const needed = grants.filter((grant, index) => !grants.some((other, at) => replaces(other, grant, at < index)));
  const namespaces = [...new Set(needed.map(({ namespace }) => namespace))];
  return namespaces.map((namespace) => {
    const own = needed.filter((grant) => grant.namespace === namespace);
    return { folder: own[0]?.folder ?? namespace, namespace, grants: own };
  });
}

/** Whether one grant makes another one redundant: it gives the same account more rights, or is an earlier equal one. */
function replaces(one: Grant, other: Grant, isBefore: boolean): boolean {
  if (one.account !== other.account || one.namespace !== other.namespace) return false;
  if (one.right.purpose === other.right.purpose) return isBefore;
  return (one.right.includes ?? []).includes(other.right.purpose);
}

/** The rights of the stack in a namespace that it does not own. The Namespace itself is never rendered or deleted here. */
export class OutsideRightsChart extends ComponentChart {
  /** @param home namespace of the stack, where its ServiceAccounts are */
  constructor(scope: Construct, id: string, { namespace, grants }: OutsideRights, home: string) {
    super(scope, id, namespace, home);
    for (const { account, right } of grants) addRole(this, right, { name: account, namespace: home });
  }
}
