import { z } from 'zod';
import { dnsLabel } from '../units';
import { resources } from './common';

/** kube-state-metrics. */
export const kubeStateMetrics = z
  .strictObject({
    enabled: z.boolean().default(true).describe('false: no metrics about the state of pods, workloads and claims'),
    resources: resources({ cpu: '50m', memory: '128Mi', ephemeralStorage: '64Mi' }),
  })
  .prefault({})
  .describe("kube-state-metrics: the state of the workloads in the stack's namespace and in Jan Server's");

/** The kubelet of each node, and the cAdvisor inside it. */
export const kubelet = z
  .strictObject({
    enabled: z
      .boolean()
      .default(true)
      .describe(
        'false: no metrics of containers and volumes, and no ClusterRole, which an administrator of one namespace cannot create',
      ),
    verifyCertificates: z
      .boolean()
      .nullable()
      .default(null)
      .describe(
        "whether a kubelet's certificate must be signed by the cluster's authority; null: where the platform signs them so. Without it, who answers at a node's address gets Prometheus' token",
      ),
  })
  .prefault({})
  .describe('the kubelet of each node, and the cAdvisor inside it: what containers use, and how full volumes are');

/** node-exporter. */
export const nodeExporter = z
  .strictObject({
    enabled: z.boolean().default(false).describe('true: a pod on every node, which measures the node'),
    namespace: dnsLabel()
      .default('jan-node-exporter')
      .describe(
        "a namespace of its own, of the `privileged` Pod Security level: it needs the node's network, processes and folders, to read",
      ),
    resources: resources({ cpu: '50m', memory: '64Mi', ephemeralStorage: '32Mi' }),
  })
  .prefault({})
  .describe('node-exporter: CPU, memory, disks and network of each node');
