import * as z from 'zod';
import { cpu, duration, quantity } from '../units';

/**
 * The resources of a workload. Memory and ephemeral storage are request and limit at once, so that nodes are never overcommitted; CPU is a
 * request only, because a CPU limit throttles a program even if the node has idle cores.
 */
export const resources = (defaults: { cpu: string; memory: string; ephemeralStorage: string }) =>
  z
    .strictObject({
      cpu: cpu().default(defaults.cpu).describe('CPU request'),
      memory: quantity('64Mi', '512Gi')
        .default(defaults.memory)
        .describe('memory request and limit, from 64Mi to 512Gi'),
      ephemeralStorage: quantity('16Mi', '100Gi')
        .default(defaults.ephemeralStorage)
        .describe('ephemeral storage request and limit, from 16Mi to 100Gi'),
    })
    .prefault({})
    .describe('resources of the pod');

/**
 * How often something is scraped or evaluated. A sample becomes stale after five minutes, and a rate over five minutes needs two samples
 * (https://prometheus.io/docs/prometheus/latest/querying/basics/#staleness), so two minutes are the most.
 */
export const scrapeDuration = () => duration('1s', '2m');

/** The size of a PersistentVolumeClaim. */
export const claim = (size: string, what: string) =>
  quantity('128Mi', '64Ti').default(size).describe(`size of the PersistentVolumeClaim for ${what}, from 128Mi to 64Ti`);

/** An e-mail address. */
export const email = () =>
  z
    .email()
    .max(254)
    .meta({ 'x-allowed': 'an e-mail address', examples: ['alerts@example.com'] });

/** The URL of a program in a browser. */
export const publicUrl = (otherwise: string) =>
  z
    .string()
    .regex(/^https?:\/\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?\/([-\w.]+\/)*$/)
    .refine((value) => URL.canParse(value))
    .default(otherwise);
