import { k8s } from './k8s';
import type { Platform } from './platform';

/** Scheduling and platform of the pods: the same for every workload of an environment. */
export interface Placement {
  readonly platform: Platform;
  /** Name of the PriorityClass; null: none. */
  readonly priorityClassName: string | null;
  /** Whether the pods of one program must be on different nodes, or should be. */
  readonly spread: 'preferred' | 'required';
}

/** Spreads the pods of one program: across nodes as configured, and across zones if there are any. A single pod needs no rule. */
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
 * A drain evicts one pod at a time. A single pod has no budget, which would block every drain. A pod that is not ready may be evicted at
 * any time, because a failing program would otherwise block drains (https://kubernetes.io/docs/tasks/run-application/configure-pdb/).
 */
export const disruptionBudget = (labels: Readonly<Record<string, string>>): k8s.PodDisruptionBudgetSpec => ({
  maxUnavailable: k8s.IntOrString.fromNumber(1),
  selector: { matchLabels: { ...labels } },
  unhealthyPodEvictionPolicy: 'AlwaysAllow',
});

/** The node of another pod: a claim that several pods mount is on one node at a time. */
export const onNodeOf = (matchLabels: Readonly<Record<string, string>>): k8s.Affinity => ({
  podAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { labelSelector: { matchLabels: { ...matchLabels } }, topologyKey: 'kubernetes.io/hostname' },
    ],
  },
});
