import { DEFAULT_ENVIRONMENT, type VerbSettings } from '../config/verb-settings';
import { agree, fingerprint } from './agreement';
import { type Commands, commandsFor } from './commands';
import { IN_CLUSTER, inClusterConfig, type Kubeconfig, readKubeconfig } from './kubeconfig';
import { Kubectl } from './kubectl';
import { KubectlError } from './kubectl-error';
import { privateFile } from './private-file';
import { VerbError } from './terminal';

/** A cluster that answers, and that the operator has agreed to. */
export interface Cluster {
  /** kubectl, which reaches this cluster and no other. */
  readonly kubectl: Kubectl;
  /** Name of the context. */
  readonly context: string;
  readonly server: string;
}

/**
 * Finds the cluster of the context, pins it, and asks once for each environment whether it is the right one. A verb calls this
 * once.
 * @param root the project's folder, where the answer is kept
 * @throws VerbError where there is no context, no cluster, or no agreement
 */
export async function chooseCluster(root: string, settings: VerbSettings): Promise<Cluster> {
  const config = await find(settings);
  const context = config['current-context'] ?? '';
  const cluster = config.clusters?.[0]?.cluster;
  const server = cluster?.server;
  if (server === undefined) throw new VerbError([noContext(settings, 'no cluster is configured')]);
  const kubeconfig = privateFile('kubeconfig', JSON.stringify(config));
  const commands = commandsOf(settings, context);
  const kubectl = new Kubectl({ context, kubeconfig }, commands);
  await answers(kubectl, context, server);
  const { environment } = settings;
  const authority = fingerprint(cluster?.['certificate-authority-data']);
  const fix = `CONTEXT=${context} or YES=1 agrees; CONTEXT=NAME chooses another`;
  await agree(root, { environment, context, server, authority }, settings.yes || settings.context !== null, fix);
  return { kubectl, context, server };
}

/** Commands for copying. @param context null where none was asked for and none was chosen */
export const commandsOf = ({ environment, context: asked }: VerbSettings, context: string | null): Commands =>
  commandsFor({
    context: context === IN_CLUSTER ? null : context,
    said: { ENVIRONMENT: environment === DEFAULT_ENVIRONMENT ? null : environment, CONTEXT: asked },
  });

/** The context with its cluster and its user. Without any kubeconfig, a pod uses its own cluster, as kubectl does. */
async function find(settings: VerbSettings): Promise<Kubeconfig> {
  const { context, kubeconfigs, inClusterServer } = settings;
  const anywhere = new Kubectl({ context, kubeconfig: null }, commandsOf(settings, context));
  try {
    return await readKubeconfig(anywhere, kubeconfigs);
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    const own = context === null && error.hasNoContext ? inClusterConfig(inClusterServer) : null;
    if (own !== null) return own;
    if (error.isMissing) throw new VerbError([NO_KUBECTL]);
    throw new VerbError([error.hasNoContext ? noContext(settings, error.stderr) : unreadable(settings, error.stderr)]);
  }
}

const NO_KUBECTL = {
  what: 'There is no kubectl on the PATH.',
  fix: 'install it: https://kubernetes.io/docs/tasks/tools',
};

const wanted = ({ context }: VerbSettings) => (context === null ? 'current context' : `context ${context}`);

const unreadable = (settings: VerbSettings, reason: string) => ({
  what: `kubectl cannot read the ${wanted(settings)}: ${reason.trim()}`,
  fix: `mend the kubeconfig: ${settings.kubeconfigs.join(', ')}`,
});

const noContext = (settings: VerbSettings, reason: string) => ({
  what: `kubectl has no ${wanted(settings)}: ${reason.trim()}`,
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
