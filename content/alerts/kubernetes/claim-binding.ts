import type { AlertContext, AlertDefinition } from '../alert';
import { always } from '../test-series';
import { BACKUP_PREFIX, claimOf, inOurs } from './scope';

const inPhase = (context: AlertContext, phase: string) =>
  `kube_persistentvolumeclaim_status_phase{${phase},${inOurs(context)}}`;

/** A claim with scheduled copies has no volume until its CronJob has run once, if its class waits for a pod; BackupTooOld watches that. */
function unbound(context: AlertContext): string {
  const { schedule, destination } = context.config.backup;
  if (schedule === null || destination.type !== 'claim') return inPhase(context, 'phase=~"Pending|Lost"');
  const pending = inPhase(context, `phase="Pending",persistentvolumeclaim!~"${BACKUP_PREFIX}.+"`);
  return `${pending} or ${inPhase(context, 'phase="Lost"')}`;
}

/** A claim without a volume. */
export const notBound: AlertDefinition = {
  name: 'ClaimNotBound',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  rules: (_, context) => [
    {
      expr: `max by (namespace, persistentvolumeclaim, phase) (${unbound(context)}) == 1`,
      summary: '{{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} has no volume: {{ $labels.phase }}',
      description: 'Pods that mount it do not start.',
    },
  ],
  runbook: () => ({
    meaning: 'Pending: no volume was made for the claim. Lost: its volume is gone.',
    impact: 'The pod that mounts it waits. With Lost its data is gone too.',
    check: [
      {
        look: 'The events of the claim.',
        command: 'kubectl describe persistentvolumeclaim -n NAMESPACE PERSISTENTVOLUMECLAIM',
      },
      { look: 'Is there a StorageClass, and a default?', command: 'kubectl get storageclasses' },
    ],
    mend: [
      'Name a StorageClass that exists: `storage.className`. A claim that is there keeps its class: delete it first if nothing is on it.',
      'A class that waits for the first pod (WaitForFirstConsumer) is pending until a pod mounts it: see why there is none.',
      'Lost: restore from a backup of the volume, or delete claim and pod to begin with an empty one.',
    ],
  }),
  test: (_, context) => {
    const phase = (name: string) => ({
      [`kube_persistentvolumeclaim_status_phase{${claimOf(context)},phase="${name}"}`]: always(1),
    });
    return { fires: phase('Pending'), quiet: phase('Bound') };
  },
};
