import * as z from 'zod';
import { PLATFORM_NAMES } from '../platforms';
import { cidr, dnsLabel, hostname, integer, line, port } from '../units';

/** The Kubernetes distribution. */
export const platform = z
  .enum(PLATFORM_NAMES)
  .default('generic')
  .describe(
    'the Kubernetes distribution: determines the DNS servers, the StorageClass, the ports of the API server, whether manifests set users, and the form of requests and limits',
  );

/** The cluster: its name in telemetry, and how its pods reach the API server. */
export const cluster = z
  .strictObject({
    name: line(63).default('jan-server').describe('value of the `cluster` external label and of `k8s.cluster.name`'),
    domain: hostname().default('cluster.local').describe("the cluster's DNS domain"),
    apiServer: z
      .strictObject({
        cidr: cidr()
          .nullable()
          .default(null)
          .describe(
            'where the API server is, as pods reach it after the Service address is translated: the node or nodes of the control plane (kind, k3s, openshift: x.x.x.x/32), its subnet (eks, gke), its public address (aks); null: anywhere',
          ),
        ports: z
          .array(port())
          .min(1)
          .max(8)
          .nullable()
          .default(null)
          .describe(
            'ports of the API server, before and after the Service address is translated; null: those of the platform',
          ),
      })
      .prefault({})
      .describe('the address of the API server, for the egress rule of programs that discover pods'),
    nodes: z
      .strictObject({
        cidr: cidr()
          .nullable()
          .default(null)
          .describe("the range of the nodes' own addresses; null: any address but the metadata ones"),
      })
      .prefault({})
      .describe('the addresses of the nodes, for the egress rule of Prometheus'),
  })
  .prefault({})
  .describe('the cluster that the stack runs in');

/** The volumes. */
export const storage = z
  .strictObject({
    className: dnsLabel()
      .nullable()
      .default(null)
      .describe(
        "StorageClass of all claims; null: that of the platform, which is the cluster's default class on generic and openshift",
      ),
  })
  .prefault({})
  .describe('settings of all PersistentVolumeClaims');

/** Where pods are put, and which of them stay when a node is full. */
export const scheduling = z
  .strictObject({
    priority: integer(1, 1_000_000_000)
      .nullable()
      .default(null)
      .describe('value of a PriorityClass of our own, from 1 to 1000000000; null: none'),
    spread: z
      .enum(['preferred', 'required'])
      .default('preferred')
      .describe('whether the pods of one program must be on different nodes, or should be; zones they only should'),
  })
  .prefault({})
  .describe('where pods are put, and which of them stay when a node is full');
