import { k8s } from './k8s';
import type { Platform } from './platform';
import type { Resources } from './resources';

/**
 * The requirements of the `restricted` Pod Security level, and a read-only root file system
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted).
 */
export const CONTAINER_SECURITY: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

/** The security context of a pod at the `restricted` level. @param user the image's user; null: the platform assigns one */
export const podSecurity = (user: number | null): k8s.PodSecurityContext => ({
  runAsNonRoot: true,
  ...(user !== null && { runAsUser: user, runAsGroup: user, fsGroup: user }),
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
});

/** Requests and limits of a container, in the form that the platform requires. */
export function requirements(asked: Resources, { fitted }: Platform): k8s.ResourceRequirements {
  const { cpu, memory, ephemeralStorage, limitsCpu } = fitted(asked);
  const request = { cpu: k8s.Quantity.fromString(cpu) };
  const bounded = {
    memory: k8s.Quantity.fromString(memory),
    'ephemeral-storage': k8s.Quantity.fromString(ephemeralStorage),
  };
  return { requests: { ...request, ...bounded }, limits: { ...(limitsCpu && request), ...bounded } };
}
