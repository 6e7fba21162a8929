/** Third-party pods that serve metrics and are found by their labels: vLLM, and the exporter of its GPUs. */
import { labels } from '../../config/schema/overrides';
import { dnsLabel, port } from '../../config/units';
import { folderOf, type StackContext } from './context';
import type { Part } from './part';
import { PODS } from './roles';
import { targetJob } from './scrape-target';

/** Keys of the environment file that select such pods. */
export const pods = (what: string, otherwise: number) => ({
  namespace: dnsLabel().describe(`namespace of the pods of ${what}; it is never rendered or deleted`),
  podLabels: labels
    .refine((given) => Object.keys(given).length > 0)
    .meta({ 'x-allowed': 'at least one label', examples: [{ app: 'example' }] })
    .describe('labels of those pods'),
  port: port().default(otherwise).describe('container port that serves /metrics, from 1 to 65535'),
});

/** The settings that select the pods, with all defaults. */
export interface ModelServer {
  readonly namespace: string;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly port: number;
}

/**
 * Monitors them: a scrape job, and the Role that lets Prometheus discover the pods.
 * @param key of the environment file: the folder of the Role
 * @param job value of the `job` label
 */
export const watched = (context: StackContext, key: string, job: string, server: ModelServer): Part => ({
  render: () => {},
  scrapeJobs: (client) => [targetJob(context.topology, client, { job, ...server })],
  scrapeRight: { namespace: server.namespace, folder: folderOf(context, server.namespace, key), right: PODS },
});
