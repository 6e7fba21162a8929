import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { APPLIED_FIRST } from '../../lib/gitops';
import { addObject, k8s } from '../../lib/k8s';
import { objectLabels } from '../../lib/labels';
import type { Account } from '../common/roles';

/**
 * What Prometheus may do with nodes: list them, and read the metrics of their kubelets
 * (https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/). Nodes are cluster-scoped, so this is a ClusterRole. Its
 * name contains the account's namespace, as two stacks may be in one cluster.
 */
export class KubeletRightsChart extends Chart {
  constructor(scope: Construct, id: string, account: Account) {
    // No chart namespace: cdk8s would write it on these objects too (cdk8s#1558).
    super(scope, id, { labels: objectLabels(account.namespace), disableResourceNameHashes: true });
    const name = `${account.namespace}-${account.name}-kubelet`;
    // No data depends on them, so a GitOps tool may delete them when they are no longer rendered.
    const metadata = { name, annotations: APPLIED_FIRST };
    addObject(this, 'cluster-role', k8s.KubeClusterRole, {
      metadata,
      rules: [
        { apiGroups: [''], resources: ['nodes'], verbs: ['list', 'watch'] },
        { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
      ],
    });
    addObject(this, 'cluster-role-binding', k8s.KubeClusterRoleBinding, {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', ...account }],
    });
  }
}
