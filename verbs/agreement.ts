/** Which clusters the operator has agreed to, for each environment. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, VerbError } from './terminal';

/** Where it is written down. */
const AGREED = '.monitor-contexts.json';

/** A cluster for an environment. */
export interface Agreement {
  readonly environment: string;
  readonly context: string;
  readonly server: string;
  /**
   * Fingerprint of the cluster's certificate authority; null where the kubeconfig has none. Behind one address, as 127.0.0.1:6443,
   * and one name, as `default`, there may be a different cluster each day.
   */
  readonly authority: string | null;
}

/** @param data `certificate-authority-data` of a kubeconfig */
export const fingerprint = (data: string | undefined): string | null =>
  data === undefined ? null : createHash('sha256').update(Buffer.from(data, 'base64')).digest('hex').slice(0, 32);

/**
 * Asks once for each environment and cluster whether it is the right one.
 * @param root the project's folder, where the answer is kept
 * @param without whether the operator has agreed already, by a variable
 * @param fix what agrees without a terminal
 * @throws VerbError where the operator does not agree, or there is no terminal to ask
 */
export async function agree(root: string, wanted: Agreement, without: boolean, fix: string): Promise<void> {
  const file = join(root, AGREED);
  const agreed = readAgreements(file);
  if (agreed.some((entry) => JSON.stringify(entry) === JSON.stringify(wanted))) return;
  const { environment, context, server } = wanted;
  const isNamesake = (entry: Agreement) =>
    entry.environment === environment && entry.context === context && entry.server === server;
  const other = agreed.some(isNamesake) ? ' (another cluster than before has this name and address)' : '';
  const cluster = `the cluster ${context} at ${server}${other}`;
  const answer = without || (await ask(`Use ${cluster} for ${environment}?`));
  if (answer === true) {
    const kept = agreed.filter((entry) => !isNamesake(entry));
    writeFileSync(file, `${JSON.stringify([...kept, wanted], null, 2)}\n`);
    return;
  }
  const what =
    answer === null
      ? `Nobody has agreed yet to use ${cluster} for ${environment}, and there is no terminal to ask.`
      : `Not agreed: ${cluster} is not used for ${environment}.`;
  throw new VerbError([{ what, fix }]);
}

function readAgreements(file: string): readonly Agreement[] {
  if (!existsSync(file)) return [];
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly Agreement[];
  } catch {
    throw new VerbError([{ what: `${file} is not JSON`, fix: `delete it; each cluster is then asked for once more` }]);
  }
}
