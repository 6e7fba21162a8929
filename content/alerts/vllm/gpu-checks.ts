/** Code that the alerts on GPUs share. */
import type { Check } from '../../runbooks/runbook';

/** A GPU, in the text of an alert. */
export const GPU = 'GPU {{ $labels.gpu }} of {{ $labels.Hostname }}';
/** Labels of a series in tests. */
export const LABELS = '{gpu="0",UUID="GPU-1",Hostname="n",modelName="A"}';

/** The pods that use the GPUs of a node. */
export const USERS: Check = {
  look: 'Which pods use the GPUs of the node in the label `Hostname`.',
  command: 'kubectl get pods -A -o wide --field-selector spec.nodeName=NODE',
};
/** Cordons and drains the node. */
export const TAKE_OUT =
  'Take the node out: `kubectl cordon NODE`, then `kubectl drain NODE --ignore-daemonsets --delete-emptydir-data`.';
