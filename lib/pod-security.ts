import { k8s } from './k8s';
import type { Platform } from './platform';
import type { Resources } from './resources';

/**
 * What the `restricted` Pod Security level asks for, and a read-only root besides
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted).
 */
export const CONTAINER_SECURITY: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

/** The pod's side of the `restricted` level, for a program whose image runs as this user; null: the platform assigns one. */
export const podSecurity = (user: number | null): k8s.PodSecurityContext => ({
  runAsNonRoot: true,
  ...(user !== null && { runAsUser: user, runAsGroup: user, fsGroup: user }),
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
});

/** Requests and limits of a container, as the platform wants them. */
export function requirements(asked: Resources, { fitted }: Platform): k8s.ResourceRequirements {
  const { cpu, memory, ephemeralStorage, limitsCpu } = fitted(asked);
  const request = { cpu: k8s.Quantity.fromString(cpu) };
  const bounded = {
    memory: k8s.Quantity.fromString(memory),
    'ephemeral-storage': k8s.Quantity.fromString(ephemeralStorage),
  };
  return { requests: { ...request, ...bounded }, limits: { ...(limitsCpu && request), ...bounded } };
}
