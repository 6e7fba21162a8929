import type { AlertDefinition } from '../alert';
import { always } from '../test-series';
import { claimOf, inOurs } from './scope';

/** A claim without a volume. */
export const notBound: AlertDefinition = {
  name: 'ClaimNotBound',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  rules: (_, context) => [
    {
      expr: `max by (namespace, persistentvolumeclaim, phase) (kube_persistentvolumeclaim_status_phase{phase=~"Pending|Lost",${inOurs(context)}}) == 1`,
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
