import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { APPLIED_FIRST, NEVER_PRUNED } from '../../lib/gitops';
import { addObject, k8s } from '../../lib/k8s';
import { objectLabels } from '../../lib/labels';

/** Version of the Pod Security standard that is enforced: pinned, so that a cluster upgrade refuses no running pod. */
const POD_SECURITY_VERSION = 'v1.29';

/** The Pod Security levels that we use (https://kubernetes.io/docs/concepts/security/pod-security-standards/). */
export type PodSecurityLevel = 'restricted' | 'privileged';

/** A Namespace of the stack, which enforces a Pod Security level. */
export class NamespaceChart extends Chart {
  /** @param instance the installation that it belongs to: the stack's namespace */
  constructor(scope: Construct, id: string, namespace: string, level: PodSecurityLevel, instance = namespace) {
    // No chart namespace: cdk8s would write it on the Namespace object too (cdk8s#1558).
    super(scope, id, { labels: objectLabels(instance), disableResourceNameHashes: true });
    const modes = ['enforce', 'audit', 'warn'].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, level],
      [`pod-security.kubernetes.io/${mode}-version`, POD_SECURITY_VERSION],
    ]);
    addObject(this, 'namespace', k8s.KubeNamespace, {
      metadata: {
        name: namespace,
        labels: Object.fromEntries(modes),
        annotations: { ...APPLIED_FIRST, ...NEVER_PRUNED },
      },
    });
  }
}
