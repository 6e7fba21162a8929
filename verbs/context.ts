import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VerbSettings } from '../config/verb-settings';
import { Kubectl, type KubectlError } from './kubectl';
import { ask, VerbError } from './terminal';

/** Where it is written down which cluster was agreed to. */
const AGREED = '.monitor-contexts.json';

interface KubeConfig {
  readonly 'current-context'?: string;
  readonly clusters?: readonly { readonly cluster: { readonly server: string } }[] | null;
}

/** A cluster that answers, and that the operator has agreed to. */
export interface Cluster {
  readonly kubectl: Kubectl;
  /** Name of the context. */
  readonly context: string;
  readonly server: string;
}

/**
 * Finds the cluster of the context, and asks once for each environment whether it is the right one.
 * @param root the project's folder, where the answer is kept
 * @throws VerbError where there is no context, no cluster, or no agreement
 */
export async function chooseCluster(root: string, { environment, context, yes }: VerbSettings): Promise<Cluster> {
  const kubectl = new Kubectl(context);
  const config = JSON.parse(
    await kubectl.text(['config', 'view', '--minify', '-o', 'json']).catch((error: KubectlError) => {
      throw new VerbError([noContext(context, error.stderr)]);
    }),
  ) as KubeConfig;
  const name = config['current-context'] ?? '';
  const server = config.clusters?.[0]?.cluster.server;
  if (server === undefined) throw new VerbError([noContext(context, 'no cluster is configured')]);
  await answers(kubectl, name, server);
  await agree(root, { environment, context: name, server }, yes || context !== null);
  return { kubectl, context: name, server };
}

const noContext = (context: string | null, reason: string) => ({
  what: `kubectl has no ${context === null ? 'current context' : `context ${context}`}: ${reason.trim()}`,
  fix: 'kubectl config get-contexts, then kubectl config use-context NAME; or CONTEXT=NAME',
});

async function answers(kubectl: Kubectl, context: string, server: string): Promise<void> {
  const { code, stderr } = await kubectl.run(['get', '--raw', '/version', '--request-timeout=5s']);
  if (code === 0) return;
  const reason = stderr.trim().split('\n').at(-1) ?? '';
  throw new VerbError([
    {
      what: `no cluster answers at ${server} (context ${context}): ${reason}`,
      fix: 'start the cluster (kind create cluster, k3s, …), or log in to it anew, or choose another context with CONTEXT=NAME',
    },
  ]);
}

interface Agreement {
  readonly environment: string;
  readonly context: string;
  readonly server: string;
}

async function agree(root: string, wanted: Agreement, without: boolean): Promise<void> {
  const file = join(root, AGREED);
  const agreed = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly Agreement[]) : [];
  const same = (entry: Agreement) => JSON.stringify(entry) === JSON.stringify(wanted);
  if (agreed.some(same)) return;
  const { environment, context, server } = wanted;
  const answer = without || (await ask(`Use the cluster ${context} at ${server} for ${environment}?`));
  if (answer === true) {
    writeFileSync(file, `${JSON.stringify([...agreed, wanted], null, 2)}\n`);
    return;
  }
  const what =
    answer === null
      ? `Nobody has agreed yet to use the cluster ${context} at ${server} for ${environment}, and there is no terminal to ask.`
      : `The cluster ${context} at ${server} is not the one.`;
  throw new VerbError([{ what, fix: `CONTEXT=${context} or YES=1 agrees; CONTEXT=NAME chooses another` }]);
}
