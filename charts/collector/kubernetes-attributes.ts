import type { Processor } from './processors';

/**
 * Adds Kubernetes attributes of the sending pod. It watches one namespace only, because its Role is there. It starts, and passes data on,
 * while the API server is unreachable.
 */
export const kubernetesAttributes = (namespace: string): Processor => [
  'k8s_attributes',
  {
    auth_type: 'serviceAccount',
    filter: { namespace },
    extract: {
      metadata: [
        'k8s.namespace.name',
        'k8s.pod.name',
        'k8s.pod.uid',
        'k8s.pod.ip',
        'k8s.deployment.name',
        'k8s.node.name',
      ],
      // Without this the Deployment's name needs a watch on ReplicaSets.
      deployment_name_from_replicaset: true,
      labels: [{ tag_name: 'app.kubernetes.io/component', key: 'app.kubernetes.io/component', from: 'pod' }],
    },
    pod_association: ['k8s.pod.uid', 'k8s.pod.ip']
      .map((name): { sources: { from: string; name?: string }[] } => ({
        sources: [{ from: 'resource_attribute', name }],
      }))
      .concat([{ sources: [{ from: 'connection' }] }]),
  },
];
