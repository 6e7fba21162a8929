import type { Construct } from 'constructs';
import { addObject, k8s } from '../../lib/k8s';

/** A ServiceAccount and the namespace it lives in. */
export interface Account {
  readonly name: string;
  readonly namespace: string;
}

/** What Prometheus' endpoint slice discovery watches (prometheus/prometheus, discovery/kubernetes). */
const DISCOVERY_RULES: k8s.PolicyRule[] = [
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['pods', 'services'], verbs: ['get', 'list', 'watch'] },
];

/** What the k8s_attributes processor watches when the Deployment's name is taken from the ReplicaSet's. */
const POD_RULES: k8s.PolicyRule[] = [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }];

/** Lets Prometheus find targets in the namespace of this chart. */
export const addDiscoveryRole = (scope: Construct, account: Account): void =>
  addRole(scope, 'discovery', DISCOVERY_RULES, account);

/** Lets the Collector read the pods in the namespace of this chart. */
export const addPodReaderRole = (scope: Construct, account: Account): void =>
  addRole(scope, 'pods', POD_RULES, account);

/** Named for the account and where it lives: two stacks may both watch one Jan Server. */
function addRole(scope: Construct, purpose: string, rules: k8s.PolicyRule[], account: Account): void {
  const name = `${account.namespace}-${account.name}-${purpose}`;
  addObject(scope, `role-${name}`, k8s.KubeRole, { metadata: { name }, rules });
  addObject(scope, `role-binding-${name}`, k8s.KubeRoleBinding, {
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', ...account }],
  });
}
