import * as z from 'zod';
import { IMAGES, type ImageKey } from '../images';
import type { Immutable } from '../immutable';
import { cidr, dnsLabel, hostname, port } from '../units';

/** Labels of pods. */
export const labels = z.record(
  z.string().regex(/^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/),
  z.string().regex(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/),
);

/**
 * Network rules besides those from the graph of endpoints.
 * @param components keys of the components that a rule may name
 */
export const network = (components: readonly string[]) => {
  const component = z.enum(components as [string, ...string[]]);
  return z
    .strictObject({
      engine: z
        .enum(['kubernetes', 'cilium'])
        .default('kubernetes')
        .describe(
          "kubernetes: NetworkPolicies only; cilium: CiliumNetworkPolicies besides, for the API server and for a DNS cache on the node, which Cilium's CIDR rules do not reach; its custom resource must be installed",
        ),
      allowFrom: z
        .array(
          z.strictObject({
            namespace: dnsLabel().describe('namespace of the pods that may connect'),
            podLabels: labels.default({}).describe('labels of those pods; none: all pods of the namespace'),
            to: component.describe(
              'the component: its OTLP ports and the sampling strategies (collector) or its web port',
            ),
          }),
        )
        .max(50)
        .default([])
        .describe(
          'pods that may connect besides those of Jan Server: an ingress controller, another platform that sends OTLP',
        ),
      egress: z
        .array(
          z.strictObject({
            from: component.describe('the component that connects'),
            host: hostname().describe('host name that it connects to'),
            port: port().describe('port that it connects to, from 1 to 65535'),
            cidr: cidr()
              .nullable()
              .default(null)
              .describe('address range of the host; null: any address but the metadata ones'),
          }),
        )
        .max(50)
        .default([])
        .describe('external addresses that a component connects to because of one of your patches'),
    })
    .prefault({})
    .describe('network rules beyond those that follow from the configuration');
};

const image = z
  .strictObject({
    registry: z
      .string()
      .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(\/[a-z0-9][-a-z0-9._/]*)?$/)
      .meta({ 'x-allowed': 'a registry, with a path where it has one', examples: ['registry.example.com/mirror'] })
      .nullable()
      .default(null)
      .describe('registry of this image; null: that of images.registry, or the one that publishes it'),
    tag: z
      .string()
      .regex(/^(?!latest$)[A-Za-z0-9_][-A-Za-z0-9_.]{0,127}$/)
      .meta({ 'x-allowed': 'an image tag, never "latest"', examples: ['v3.16.0'] })
      .nullable()
      .default(null)
      .describe('tag, never latest; null: the tested one'),
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/)
      .meta({
        'x-allowed': 'the digest of a multi-architecture index: sha256: and 64 hexadecimal digits',
        examples: [`sha256:${'0'.repeat(64)}`],
      })
      .nullable()
      .default(null)
      .describe('digest of the multi-architecture index; null: none'),
  })
  .prefault({});

const byImage = Object.fromEntries(
  Object.entries(IMAGES).map(([key, { title }]) => [key, image.describe(title)]),
) as Record<ImageKey, typeof image>;

/** Registry, tag and digest of the images. */
export const images = z
  .strictObject({
    registry: z
      .string()
      .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(\/[a-z0-9][-a-z0-9._/]*)?$/)
      .meta({ 'x-allowed': 'a registry, with a path where it has one', examples: ['registry.example.com/mirror'] })
      .nullable()
      .default(null)
      .describe('registry of all images, as a mirror; null: each comes from where it is published'),
    ...byImage,
  })
  .prefault({})
  .describe('registry, tag and digest of the images');

const target = {
  kind: z
    .string()
    .regex(/^[A-Z][A-Za-z]{1,62}$/)
    .meta({ 'x-allowed': 'kind of the object', examples: ['Deployment'] }),
  name: z.string().min(1).max(253).describe('metadata.name of the object'),
};

const pointer = z
  .string()
  .regex(/^(\/([^~/]|~[01])*)*$/)
  .refine((path) => !/\/(__proto__|constructor)(\/|$)/.test(path), {
    error: 'a path without the keys __proto__ and constructor, which cannot be kept',
  })
  .meta({ 'x-allowed': 'a JSON pointer (RFC 6901)', examples: ['/spec/replicas'] });

/** Any JSON value. Typed as unknown: the recursive type of z.json() is too deep for the compiler to make readonly. */
const json = z.json() as z.ZodType<unknown>;

const operation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.enum(['add', 'replace', 'test']), path: pointer, value: json.describe('the value') }),
  z.strictObject({ op: z.literal('remove'), path: pointer }),
  z.strictObject({ op: z.enum(['move', 'copy']), path: pointer, from: pointer }),
]);

/** Patches of rendered objects, applied last. */
export const patches = z
  .array(
    z.union([
      z.strictObject({ ...target, merge: z.record(z.string(), json).describe('a JSON merge patch (RFC 7386)') }),
      z.strictObject({ ...target, json: z.array(operation).min(1).max(200).describe('a JSON patch (RFC 6902)') }),
    ]),
  )
  .max(500)
  .default([])
  .describe('patches of rendered objects, applied last: each has kind, name, and merge or json');

/** One patch of a rendered object. */
export type Patch = Immutable<z.output<typeof patches>>[number];
