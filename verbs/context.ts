import { DEFAULT_ENVIRONMENT, type VerbSettings } from '../config/verb-settings';
import { type Commands, commandsFor } from './commands';
import { confirmCluster, fingerprint } from './confirmed-clusters';
import { IN_CLUSTER, inClusterConfig, type Kubeconfig, readKubeconfig } from './kubeconfig';
import { Kubectl } from './kubectl';
import { KubectlError } from './kubectl-error';
import { privateFile } from './private-file';
import { lastLine } from './reason';
import { VerbError } from './terminal';

/** A cluster that is reachable, and that the operator has confirmed. */
export interface Cluster {
  /** kubectl, pinned to this cluster. */
  readonly kubectl: Kubectl;
  /** Name of the context. */
  readonly context: string;
  readonly server: string;
}

/**
 * Finds the cluster of the context, pins it, and asks once for each environment whether it is the right one. Each command calls this
 * once.
 * @param root the project's folder, where the answer is stored
 * @throws VerbError if there is no context, the cluster does not answer, or the operator declines
 */
export async function chooseCluster(root: string, settings: VerbSettings): Promise<Cluster> {
  const config = await findContext(settings);
  const context = config['current-context'] ?? '';
  const cluster = config.clusters?.[0]?.cluster;
  const server = cluster?.server;
  if (server === undefined) throw new VerbError([noContext(settings, 'no cluster is configured')]);
  const kubeconfig = privateFile('kubeconfig', JSON.stringify(config));
  const commands = commandsOf(settings, context);
  const kubectl = new Kubectl({ context, kubeconfig }, commands);
  await requireAnswer(kubectl, context, server);
  const { environment } = settings;
  const authority = fingerprint(cluster?.['certificate-authority-data']);
  const fix = `CONTEXT=${context} or YES=1 confirms it; CONTEXT=NAME selects another`;
  await confirmCluster(
    root,
    { environment, context, server, authority },
    settings.yes || settings.context !== null,
    fix,
  );
  return { kubectl, context, server };
}

/** Commands for the user to copy. @param context null: kubectl's current context */
export const commandsOf = ({ environment, context: requested }: VerbSettings, context: string | null): Commands =>
  commandsFor({
    context: context === IN_CLUSTER ? null : context,
    variables: { ENVIRONMENT: environment === DEFAULT_ENVIRONMENT ? null : environment, CONTEXT: requested },
  });

/** The context with its cluster and its user. Without any kubeconfig, a pod uses its own cluster, as kubectl does. */
async function findContext(settings: VerbSettings): Promise<Kubeconfig> {
  const { context, kubeconfigs, inClusterServer } = settings;
  const unpinned = new Kubectl({ context, kubeconfig: null }, commandsOf(settings, context));
  try {
    return await readKubeconfig(unpinned, kubeconfigs);
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    const inCluster = context === null && error.hasNoContext ? inClusterConfig(inClusterServer) : null;
    if (inCluster !== null) return inCluster;
    if (error.isMissing) throw new VerbError([NO_KUBECTL]);
    throw new VerbError([error.hasNoContext ? noContext(settings, error.stderr) : unreadable(settings, error.stderr)]);
  }
}

const NO_KUBECTL = {
  what: 'There is no kubectl on the PATH.',
  fix: 'install it: https://kubernetes.io/docs/tasks/tools',
};

const contextTitle = ({ context }: VerbSettings) => (context === null ? 'current context' : `context ${context}`);

const unreadable = (settings: VerbSettings, reason: string) => ({
  what: `kubectl cannot read the ${contextTitle(settings)}: ${reason.trim()}`,
  fix: `correct the kubeconfig: ${settings.kubeconfigs.join(', ')}`,
});

const noContext = (settings: VerbSettings, reason: string) => ({
  what: `kubectl has no ${contextTitle(settings)}: ${reason.trim()}`,
  fix: 'kubectl config get-contexts, then kubectl config use-context NAME; or CONTEXT=NAME',
});

async function requireAnswer(kubectl: Kubectl, context: string, server: string): Promise<void> {
  const { code, stderr } = await kubectl.run(['get', '--raw', '/version', '--request-timeout=5s']);
  if (code === 0) return;
  throw new VerbError([
    {
      what: `no cluster answers at ${server} (context ${context}): ${lastLine(stderr)}`,
      fix: 'start the cluster (kind create cluster, k3s, …), log in to it again, or select another context with CONTEXT=NAME',
    },
  ]);
}
