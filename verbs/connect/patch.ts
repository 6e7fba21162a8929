/** What is printed: a strategic merge patch, or the variables alone. */
import { writeYaml } from '../../lib/yaml';

/** A variable of a container. */
export type Variable =
  | { readonly name: string; readonly value: string }
  /** The value is a field of the pod, such as `metadata.uid`. */
  | { readonly name: string; readonly field: string };

/** The container whose variables are set. */
export interface Place {
  readonly namespace: string;
  readonly kind: 'deployment' | 'statefulset' | 'daemonset';
  readonly workload: string;
  readonly container: string;
}

const KINDS = { deployment: 'Deployment', statefulset: 'StatefulSet', daemonset: 'DaemonSet' } as const;

/**
 * A strategic merge patch, for `kubectl patch --patch-file` and for `patches` of a kustomization. Variables of the patch come first in the
 * list, in this order, so that `$(NAME)` in one can refer to those before it.
 */
export function patchOf({ namespace, kind, workload, container }: Place, variables: readonly Variable[]): string {
  return writeYaml({
    apiVersion: 'apps/v1',
    kind: KINDS[kind],
    metadata: { name: workload, namespace },
    spec: { template: { spec: { containers: [{ name: container, env: variables.map(entryOf) }] } } },
  });
}

/** A null lets a value replace a reference, and the reverse. */
function entryOf(variable: Variable): object {
  const { name } = variable;
  if ('field' in variable) return { name, value: null, valueFrom: { fieldRef: { fieldPath: variable.field } } };
  return { name, value: variable.value, valueFrom: null };
}

/** The variables with a value, a line each: the format of `docker run --env-file`. */
export const envOf = (variables: readonly Variable[]): string =>
  variables.flatMap((variable) => ('value' in variable ? [`${variable.name}=${variable.value}\n`] : [])).join('');
