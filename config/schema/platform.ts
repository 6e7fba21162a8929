import { z } from 'zod';
import { PLATFORM_NAMES } from '../platforms';
import { cidr, dnsLabel, hostname, integer, line, port, quantity } from '../units';
import { scrapeDuration } from './common';

/** The Kubernetes it runs on. */
export const platform = z
  .enum(PLATFORM_NAMES)
  .default('generic')
  .describe(
    'the Kubernetes distribution: decides where DNS is, the StorageClass, the ports of the API server, whether users are named, and how resources are counted',
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
      .describe('the address of the API server, for the egress rule of what discovers pods'),
    nodes: z
      .strictObject({
        cidr: cidr()
          .nullable()
          .default(null)
          .describe("the range of the nodes' own addresses; null: any address but the metadata ones"),
      })
      .prefault({})
      .describe('the addresses of the nodes, for the egress rule of what scrapes them'),
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

/**
 * The services that Jan Server's chart runs, with the ports that serve `/metrics` (janhq/server, 2026-01, infra/k8s/jan-server). Its
 * memory-tools (port 8090) is in no chart: an installation that runs it adds it.
 */
const JAN_SERVICES = [
  { name: 'llm-api', port: 8080 },
  { name: 'mcp-tools', port: 8091 },
  { name: 'response-api', port: 8082 },
  { name: 'media-api', port: 8285 },
  { name: 'realtime-api', port: 8186 },
] as const;

const service = z.strictObject({
  name: dnsLabel().describe('value of the label app.kubernetes.io/component, and of the `job` label of its metrics'),
  port: port().describe('container port that serves /metrics, from 1 to 65535'),
  service: dnsLabel()
    .nullable()
    .default(null)
    .describe('name of its Service, for static discovery; null: the application name, a dash and the name'),
});

/** Where Jan Server, or another platform with the same labels, runs. */
export const janServer = z
  .strictObject({
    namespace: dnsLabel().default('jan-server').describe('the namespace of its pods; it is never rendered or deleted'),
    application: dnsLabel()
      .default('jan-server')
      .describe('value of the label app.kubernetes.io/name on its Services and pods'),
    discovery: z
      .enum(['kubernetes', 'static'])
      .default('kubernetes')
      .describe('kubernetes: find the pods by endpoint slices; static: scrape the Services by their DNS names'),
    scrapeInterval: scrapeDuration().default('10s').describe('how often its services are scraped, from 1s to 2m'),
    services: z
      .array(service)
      .max(2000)
      .default(JAN_SERVICES.map((entry) => ({ ...entry, service: null })))
      .describe('the services to scrape'),
    limits: z
      .strictObject({
        samples: integer(100, 1_000_000)
          .default(20_000)
          .describe('samples in one scrape of one pod, from 100 to 1000000'),
        labels: integer(4, 200).default(40).describe('labels on one sample, from 4 to 200'),
        bodySize: quantity('64Ki', '256Mi').default('16Mi').describe('size of one response, from 64Ki to 256Mi'),
      })
      .prefault({})
      .describe('a scrape beyond a limit fails as a whole, so that a cardinality accident cannot fill the disk'),
  })
  .nullable()
  .prefault({})
  .describe('where Jan Server runs; null: no Jan Server in this cluster');
