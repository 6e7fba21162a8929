import type { DesiredState } from '../desired-state';
import type { SenderWorkload } from './workload';

/** Whether the environment lets a sender connect: it is Jan Server's, or in `network.allowFrom`. */
export function isAdmitted({ config }: DesiredState, { namespace, labels }: SenderWorkload): boolean {
  const { janServer, network } = config;
  return (
    namespace === janServer?.namespace ||
    network.allowFrom.some(
      ({ to, namespace: place, podLabels }) =>
        to === 'collector' &&
        place === namespace &&
        Object.entries(podLabels).every(([key, value]) => labels[key] === value),
    )
  );
}
