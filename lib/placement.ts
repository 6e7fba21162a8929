import { k8s } from './k8s';
import type { Platform } from './platform';

/** Where pods are put, and what the platform makes of them: the same for every workload of an environment. */
export interface Placement {
  readonly platform: Platform;
  /** Name of the PriorityClass; null: none. */
  readonly priorityClassName: string | null;
  /** Whether the pods of one program must be on different nodes, or should be. */
  readonly spread: 'preferred' | 'required';
}

/** Keeps the pods of one program apart: by node as configured, by zone where there are any. One pod needs no rule. */
export function spreadConstraints(
  { spread }: Placement,
  replicas: number,
  labels: Readonly<Record<string, string>>,
): k8s.TopologySpreadConstraint[] {
  if (replicas === 1) return [];
  const constraint = (topologyKey: string, whenUnsatisfiable: string): k8s.TopologySpreadConstraint => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable,
    labelSelector: { matchLabels: { ...labels } },
  });
  return [
    constraint('kubernetes.io/hostname', spread === 'required' ? 'DoNotSchedule' : 'ScheduleAnyway'),
    constraint('topology.kubernetes.io/zone', 'ScheduleAnyway'),
  ];
}

/**
 * Lets a drained node take one pod at a time. None for a single pod: it could never be moved. A pod that is not ready may go
 * at any time, or a broken program would hold up every drain (https://kubernetes.io/docs/tasks/run-application/configure-pdb/).
 */
export const disruptionBudget = (labels: Readonly<Record<string, string>>): k8s.PodDisruptionBudgetSpec => ({
  maxUnavailable: k8s.IntOrString.fromNumber(1),
  selector: { matchLabels: { ...labels } },
  unhealthyPodEvictionPolicy: 'AlwaysAllow',
});
