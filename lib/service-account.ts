import type { Construct } from 'constructs';
import { addObject, k8s } from './k8s';

/** Adds the ServiceAccount of a program. Who needs a token mounts one itself, with an audience and an end (lib/api-server-token.ts). */
export const addServiceAccount = (scope: Construct, name: string): void =>
  void addObject(scope, 'service-account', k8s.KubeServiceAccount, {
    metadata: { name },
    automountServiceAccountToken: false,
  });
