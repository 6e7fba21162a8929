/** What is copied on a schedule: the claim of each program, and how its pods are found. */
import { podOfStatefulSet } from '../../lib/labels';
import { alertmanager } from '../alertmanager';
import { USER as ALERTMANAGER_USER } from '../alertmanager/chart';
import type { Claim } from '../common/claim';
import type { StackContext } from '../common/context';
import type { Part } from '../common/part';
import { grafana } from '../grafana';
import { USER as GRAFANA_USER } from '../grafana/chart';
import { prometheus } from '../prometheus';
import { USER as PROMETHEUS_USER } from '../prometheus/chart';
import type { CopiedProgram } from './collect';

/** The data of one program. */
export interface Source {
  readonly program: Exclude<CopiedProgram, 'jaeger'>;
  /** Name of the claim; of several pods, the first one's. */
  readonly claim: string;
  /** Labels of the pod that mounts it. */
  readonly pod: Readonly<Record<string, string>>;
  /** User of the program, the owner of the files. */
  readonly user: number;
}

/** @param volume name of the volume, if the program has several pods with a claim each */
function sourceOf(
  program: Source['program'],
  part: (Part & { readonly claim: Claim | null }) | null,
  user: number,
  volume: string | null,
): readonly Source[] {
  const [party] = part?.pods ?? [];
  if (part === null || party === undefined) return [];
  if (part.claim !== null) return [{ program, claim: part.claim.name, pod: party.podLabels, user }];
  if (volume === null) return [];
  const pod = { ...party.podLabels, ...podOfStatefulSet(party.name, 0) };
  return [{ program, claim: `${volume}-${party.name}-0`, pod, user }];
}

/**
 * The programs whose data can be copied while they run. Jaeger's badger cannot: a pod that may stop Jaeger would need rights that no other
 * pod here has.
 */
export const sourcesOf = (context: StackContext): readonly Source[] => [
  ...sourceOf('prometheus', context.part(prometheus), PROMETHEUS_USER, 'data'),
  ...sourceOf('grafana', context.part(grafana), GRAFANA_USER, null),
  ...sourceOf('alertmanager', context.part(alertmanager), ALERTMANAGER_USER, 'data'),
];
