/** Alertmanager's silences, through its API: its file on the claim is up to 15 minutes old. */
import * as z from 'zod';
import { PORTS } from '../../lib/endpoint';
import type { Kubectl } from '../kubectl';
import { type Ask, asking } from './ask';
import { checkSignal } from './process';

/** A silence as a new one may have it (Alertmanager, api/v2/openapi.yaml: postableSilence), with the fields of later versions. */
const SILENCE = z.looseObject({
  matchers: z.array(
    z.object({ name: z.string(), value: z.string(), isRegex: z.boolean(), isEqual: z.boolean().default(true) }),
  ),
  startsAt: z.string(),
  endsAt: z.string(),
  createdBy: z.string(),
  comment: z.string(),
});
const FOUND = z.array(SILENCE.extend({ status: z.object({ state: z.enum(['active', 'pending', 'expired']) }) }));

/** A silence. */
export type Silence = z.output<typeof SILENCE>;

/** File of the silences in a backup. */
export const SILENCES = 'silences.json';

const PATH = '/api/v2/silences';

const throughForward = <Result>(
  kubectl: Kubectl,
  namespace: string,
  signal: AbortSignal,
  requests: (ask: Ask) => Promise<Result>,
) => {
  const answering = { namespace, service: 'alertmanager', port: PORTS.alertmanager.port };
  return asking(kubectl, answering, signal, requests);
};

async function current(ask: Ask): Promise<readonly Silence[]> {
  const found = FOUND.parse(JSON.parse(await ask(PATH)));
  return found
    .filter(({ status }) => status.state !== 'expired')
    .map(({ status: _status, id: _id, updatedAt: _time, ...silence }) => silence);
}

/** The silences that are active or will be. */
export const readSilences = (kubectl: Kubectl, namespace: string, signal: AbortSignal): Promise<readonly Silence[]> =>
  throughForward(kubectl, namespace, signal, current);

/** The silences of a file. @throws Error if it has something else */
export const parseSilences = (text: string): readonly Silence[] => z.array(SILENCE).parse(JSON.parse(text));

/** What became of the silences of a backup. */
export interface RestoredSilences {
  readonly made: number;
  readonly there: number;
  readonly over: number;
  /** What Alertmanager answered to those that it refused. */
  readonly refused: readonly string[];
}

/** What makes two silences the same. Alertmanager sets the start of one that is made late to the present. */
const sameAs = ({ matchers, endsAt, createdBy, comment }: Silence): string => {
  const sorted = matchers
    .map(({ name, value, isRegex, isEqual }) => JSON.stringify([name, value, isRegex, isEqual]))
    .sort();
  return JSON.stringify([sorted, Date.parse(endsAt), createdBy, comment]);
};

/** Makes those silences that are not over yet, unless they are there. One that is refused does not keep the others from being made. */
export const restoreSilences = (
  kubectl: Kubectl,
  namespace: string,
  silences: readonly Silence[],
  signal: AbortSignal,
): Promise<RestoredSilences> => throughForward(kubectl, namespace, signal, (ask) => makeMissing(ask, silences, signal));

/** The requests of it. @param ask asks Alertmanager */
export async function makeMissing(
  ask: Ask,
  silences: readonly Silence[],
  signal: AbortSignal,
): Promise<RestoredSilences> {
  const present = new Set((await current(ask)).map(sameAs));
  const open = silences.filter(({ endsAt }) => Date.parse(endsAt) > Date.now());
  const missing = open.filter((silence) => !present.has(sameAs(silence)));
  const refused: string[] = [];
  for (const silence of missing) {
    try {
      await ask(PATH, silence);
    } catch (error) {
      checkSignal(signal);
      refused.push(`${silence.comment}: ${(error as Error).message}`);
    }
  }
  return {
    made: missing.length - refused.length,
    there: open.length - missing.length,
    over: silences.length - open.length,
    refused,
  };
}
