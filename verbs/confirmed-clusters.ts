/** Which clusters the operator has confirmed, for each environment. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, VerbError } from './terminal';

/** The file that remembers them. */
const FILE = '.monitor-contexts.json';

/** A cluster that is used for an environment. */
export interface ConfirmedCluster {
  readonly environment: string;
  readonly context: string;
  readonly server: string;
  /**
   * Fingerprint of the cluster's certificate authority; null if the kubeconfig has none. The same address, such as 127.0.0.1:6443, and
   * the same name, such as `default`, may be a different cluster each day.
   */
  readonly authority: string | null;
}

/** @param data `certificate-authority-data` of a kubeconfig */
export const fingerprint = (data: string | undefined): string | null =>
  data === undefined ? null : createHash('sha256').update(Buffer.from(data, 'base64')).digest('hex').slice(0, 32);

/**
 * Asks once for each environment and cluster whether it is the right one.
 * @param root the project's folder, where the answer is stored
 * @param isConfirmed whether a variable has confirmed it already
 * @param fix how to confirm without a terminal
 * @throws VerbError if the operator declines, or there is no terminal to ask
 */
export async function confirmCluster(
  root: string,
  cluster: ConfirmedCluster,
  isConfirmed: boolean,
  fix: string,
): Promise<void> {
  const file = join(root, FILE);
  const confirmed = readConfirmed(file);
  if (confirmed.some((entry) => JSON.stringify(entry) === JSON.stringify(cluster))) return;
  const { environment, context, server } = cluster;
  const isSameAddress = (entry: ConfirmedCluster) =>
    entry.environment === environment && entry.context === context && entry.server === server;
  const change = confirmed.some(isSameAddress) ? ' (a different cluster now has this name and address)' : '';
  const title = `the cluster ${context} at ${server}${change}`;
  const answer = isConfirmed || (await ask(`Use ${title} for ${environment}?`));
  if (answer === true) {
    const others = confirmed.filter((entry) => !isSameAddress(entry));
    writeFileSync(file, `${JSON.stringify([...others, cluster], null, 2)}\n`);
    return;
  }
  const what =
    answer === null
      ? `Not confirmed yet: use ${title} for ${environment}. There is no terminal to ask.`
      : `Declined: ${title} is not used for ${environment}.`;
  throw new VerbError([{ what, fix }]);
}

function readConfirmed(file: string): readonly ConfirmedCluster[] {
  if (!existsSync(file)) return [];
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly ConfirmedCluster[];
  } catch {
    throw new VerbError([{ what: `${file} is not JSON`, fix: 'delete it; you are then asked again for each cluster' }]);
  }
}
