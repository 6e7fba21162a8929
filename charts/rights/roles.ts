import type { Construct } from 'constructs';
import { addObject, k8s } from '../../lib/k8s';
import { OBJECTS } from '../kube-state-metrics/objects';

/** A ServiceAccount and the namespace it lives in. */
export interface Account {
  readonly name: string;
  readonly namespace: string;
}

const READ = ['get', 'list', 'watch'];

/** What an account may do in one namespace, by what it is for. */
const RULES = {
  /** What Prometheus' endpoint slice discovery watches (prometheus/prometheus, discovery/kubernetes). */
  discovery: [
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
    { apiGroups: [''], resources: ['pods', 'services'], verbs: READ },
  ],
  /** What Prometheus' pod discovery watches, and k8s_attributes when a Deployment's name is taken from its ReplicaSet's. */
  pods: [{ apiGroups: [''], resources: ['pods'], verbs: READ }],
  /** What kube-state-metrics watches. */
  objects: Object.entries(OBJECTS).map(([group, resources]) => ({
    apiGroups: [group],
    resources: [...resources],
    verbs: ['list', 'watch'],
  })),
} satisfies Readonly<Record<string, k8s.PolicyRule[]>>;

/** What a right is for. */
export type Purpose = keyof typeof RULES;

/** Gives an account the rights for a purpose in the namespace of this chart. Named for where the account lives: two stacks may watch one namespace. */
export function addRole(scope: Construct, purpose: Purpose, account: Account): void {
  const name = `${account.namespace}-${account.name}-${purpose}`;
  addObject(scope, `role-${name}`, k8s.KubeRole, { metadata: { name }, rules: RULES[purpose] });
  addObject(scope, `role-binding-${name}`, k8s.KubeRoleBinding, {
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', ...account }],
  });
}
