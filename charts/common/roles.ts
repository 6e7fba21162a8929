import type { Construct } from 'constructs';
import { addObject, k8s } from '../../lib/k8s';

/** A ServiceAccount and the namespace it lives in. */
export interface Account {
  readonly name: string;
  readonly namespace: string;
}

/** What an account may do in one namespace. */
export interface Right {
  /** What it is for: a part of the Role's name. */
  readonly purpose: string;
  readonly rules: readonly k8s.PolicyRule[];
  /** Purposes of other rights that this one includes. @default - none */
  readonly includes?: readonly string[];
}

/** A right in a namespace that is not the stack's. */
export interface Grant {
  /** Name of the account in the stack's namespace. */
  readonly account: string;
  readonly right: Right;
  readonly namespace: string;
  /** Folder of the manifests for that namespace, below the environment's. */
  readonly folder: string;
}

const READ = ['get', 'list', 'watch'];

/** What Prometheus' pod discovery watches. It is also enough for k8s_attributes when a Deployment's name is taken from its ReplicaSet's. */
export const PODS: Right = {
  purpose: 'pods',
  rules: [{ apiGroups: [''], resources: ['pods'], verbs: READ }],
};

/** What Prometheus' endpoint slice discovery watches (prometheus/prometheus, discovery/kubernetes). */
export const DISCOVERY: Right = {
  purpose: 'discovery',
  rules: [
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
    { apiGroups: [''], resources: ['pods', 'services'], verbs: READ },
  ],
  includes: [PODS.purpose],
};

/**
 * Gives an account a right in the namespace of this chart. The Role's name contains the account's namespace, because two stacks may monitor
 * one namespace.
 */
export function addRole(scope: Construct, { purpose, rules }: Right, account: Account): void {
  const name = `${account.namespace}-${account.name}-${purpose}`;
  addObject(scope, `role-${name}`, k8s.KubeRole, { metadata: { name }, rules: [...rules] });
  addObject(scope, `role-binding-${name}`, k8s.KubeRoleBinding, {
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', ...account }],
  });
}
