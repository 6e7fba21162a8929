import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { addObject, k8s } from '../../lib/k8s';
import { objectLabels } from '../../lib/labels';

/** Version of the Pod Security standard that is enforced: pinned, so that a cluster upgrade refuses no running pod. */
const POD_SECURITY_VERSION = 'v1.29';

/** The stack's Namespace, which admits only pods of the `restricted` Pod Security level. */
export class NamespaceChart extends Chart {
  constructor(scope: Construct, id: string, namespace: string) {
    // No chart namespace: cdk8s would write it on the Namespace object too (cdk8s#1558).
    super(scope, id, { labels: objectLabels(namespace), disableResourceNameHashes: true });
    const modes = ['enforce', 'audit', 'warn'].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, 'restricted'],
      [`pod-security.kubernetes.io/${mode}-version`, POD_SECURITY_VERSION],
    ]);
    addObject(this, 'namespace', k8s.KubeNamespace, {
      metadata: { name: namespace, labels: Object.fromEntries(modes) },
    });
  }
}
