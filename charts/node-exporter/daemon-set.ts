import type { Construct } from 'constructs';
import { type Endpoint, PORTS } from '../../lib/endpoint';
import { addObject, k8s } from '../../lib/k8s';
import { selectorLabels } from '../../lib/labels';
import type { Pod } from '../../lib/pod';
import { mainContainer, podTemplate } from '../../lib/pod-template';
import { LIVENESS, READINESS, startupWithin } from '../../lib/probe-times';

/** The port of node-exporter. It is a port of the node: the pod uses the host network. */
export const PORT: Pick<Endpoint, 'name' | 'port'> = PORTS.nodeExporter;

/**
 * A pod on every node, with the host's network and PID namespaces, because it measures the node. It tolerates all taints, so that every
 * node is measured.
 * @param path path of the probes
 */
export function addDaemonSet(scope: Construct, pod: Pod, path: string): void {
  const { identity } = pod.props;
  const { name } = pod;
  const template = podTemplate(pod, container(pod, path));
  addObject(scope, 'daemon-set', k8s.KubeDaemonSet, {
    metadata: { name, labels: pod.labels },
    spec: {
      revisionHistoryLimit: 3,
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: k8s.IntOrString.fromString('10%') },
      },
      selector: { matchLabels: selectorLabels(identity) },
      template: {
        ...template,
        spec: {
          ...template.spec,
          hostNetwork: true,
          hostPid: true,
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          tolerations: [{ operator: 'Exists' }],
        },
      },
    },
  });
}

function container(pod: Pod, path: string): k8s.Container {
  const probe: k8s.Probe = { httpGet: { path, port: k8s.IntOrString.fromString(PORT.name) } };
  return {
    ...mainContainer(pod),
    ports: [{ name: PORT.name, containerPort: PORT.port, protocol: 'TCP' }],
    volumeMounts: pod.mounts.map(({ name, path: mountPath }) => ({
      name,
      mountPath,
      readOnly: true,
      // File systems that are mounted on the node later become visible too.
      mountPropagation: 'HostToContainer',
    })),
    startupProbe: { ...probe, ...startupWithin(30) },
    readinessProbe: { ...probe, ...READINESS },
    livenessProbe: { ...probe, ...LIVENESS },
  };
}
