/** What a backup has besides the data of claims: silences and the Secret of Grafana's administrator. */
import type { Expected } from '../expected';
import { KubectlError } from '../kubectl-error';
import { ADMIN, readAdmin } from './admin';
import type { HelperContext } from './helper';
import { readSilences, SILENCES } from './silences';

/** Files of a backup, and what is missing. */
export interface Besides {
  /** Their texts, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** How many silences there are; null: they could not be read. */
  readonly silences: number | null;
  /** What is not in the backup, and why. */
  readonly notIncluded: readonly string[];
}

/** Reads both. What the user may not read is left out: the copies of the claims are worth more than that. */
export async function readBesides(context: HelperContext, expected: Expected): Promise<Besides> {
  const [silences, admin] = [await silencesOf(context, expected), await adminOf(context, expected)];
  return {
    files: { ...silences.files, ...admin.files },
    silences: silences.silences,
    notIncluded: [...silences.notIncluded, ...admin.notIncluded],
  };
}

const without = (reason: string): Besides => ({ files: {}, silences: null, notIncluded: [reason] });

async function silencesOf({ kubectl, signal }: HelperContext, { config }: Expected): Promise<Besides> {
  const { namespace, alertmanager } = config;
  if (!alertmanager.enabled) return without('silences: Alertmanager is off (alertmanager.enabled)');
  const slices = ['get', 'endpointslices', '-n', namespace, '-l', 'kubernetes.io/service-name=alertmanager'];
  const ready = await kubectl.allowed([...slices, '-o', 'jsonpath={.items[*].endpoints[*].conditions.ready}']);
  if (ready === null) return without('silences: you may not list endpointslices');
  if (!ready.includes('true')) return without('silences: Alertmanager does not run');
  const silences = await readSilences(kubectl, namespace, signal);
  const text = `${JSON.stringify(silences, null, 2)}\n`;
  return { files: { [SILENCES]: text }, silences: silences.length, notIncluded: [] };
}

async function adminOf({ kubectl }: HelperContext, { config }: Expected): Promise<Besides> {
  const { namespace, grafana } = config;
  const { secretName } = grafana.admin;
  try {
    const text = await readAdmin(kubectl, namespace, secretName);
    return { files: text === null ? {} : { [ADMIN]: text }, silences: null, notIncluded: [] };
  } catch (error) {
    if (!(error instanceof KubectlError) || !error.isForbidden) throw error;
    return without(`the Secret ${secretName}: you may not read it`);
  }
}
