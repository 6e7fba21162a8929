/** A workload that sends telemetry, or seems to want to: it has variables of OpenTelemetry. */
import type { Meta } from '../../objects';
import { type Listeners, listenersOf } from './listeners';

/** A variable of a container. */
export interface Variable {
  readonly name: string;
  readonly value?: string;
  /** A ConfigMap, a Secret, or a field of the pod or its container. */
  readonly valueFrom?: {
    readonly configMapKeyRef?: { readonly name: string; readonly key: string };
    readonly secretKeyRef?: { readonly name: string; readonly key: string };
    readonly fieldRef?: { readonly fieldPath: string };
  };
}

/** A container of a pod template, with the fields that are used here. */
export interface SenderContainer {
  readonly name: string;
  /** Of an init container: `Always` makes it a sidecar. */
  readonly restartPolicy?: string;
  readonly ports?: readonly { readonly containerPort: number; readonly name?: string }[];
  readonly env?: readonly Variable[];
  readonly envFrom?: readonly {
    readonly prefix?: string;
    readonly configMapRef?: { readonly name: string };
    readonly secretRef?: { readonly name: string };
  }[];
}

/** The containers of a pod, or of a template. */
interface Containers {
  readonly containers: readonly SenderContainer[];
  readonly initContainers?: readonly SenderContainer[];
}

/** A Deployment, StatefulSet or DaemonSet of any namespace. */
export interface AnyWorkload extends Meta {
  readonly kind: string;
  readonly spec: {
    readonly replicas?: number;
    readonly template: {
      readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec: Containers & { readonly hostNetwork?: boolean; readonly dnsPolicy?: string };
    };
  };
}

/** The variables of a container: null stands for a value that comes from a Secret or a field of the pod, or that cannot be read. */
export type Values = ReadonlyMap<string, string | null>;

/** A container that has variables of OpenTelemetry. */
export interface SenderWorkload extends Listeners {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  /** Labels of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly container: string;
  /** Whether its pods are in the network of their node: then localhost is the node. */
  readonly isOnHost: boolean;
  /** Whether its pods ask the cluster's name servers. */
  readonly usesClusterDns: boolean;
  readonly values: Values;
  /** Whether nothing could be read of a ConfigMap or Secret that all its keys become variables of. */
  readonly hasUnknownValues: boolean;
}

/** Key names of a Secret or values of a ConfigMap, by `namespace/name`; null: they may not be read. */
export interface Sources {
  readonly configMaps: ReadonlyMap<string, Readonly<Record<string, string>> | null>;
  readonly secretKeys: ReadonlyMap<string, readonly string[] | null>;
}

/** Switches of tracing: those of OpenTelemetry, and the one of two services of Jan Server. */
export const IS_TELEMETRY = /^(OTEL_|ENABLE_TRACING$)/;

/** The containers of a workload that have such variables. */
export function sendersOf(workload: AnyWorkload, sources: Sources): SenderWorkload[] {
  const { kind, metadata, spec } = workload;
  const { namespace = '', name } = metadata;
  const labels = spec.template.metadata?.labels ?? {};
  const { containers, hostNetwork: isOnHost = false, dnsPolicy = 'ClusterFirst' } = spec.template.spec;
  const usesClusterDns = dnsPolicy.startsWith('ClusterFirst');
  return containers.flatMap((container) => {
    const values = valuesOf(container, namespace, sources);
    if (![...values.keys()].some((key) => IS_TELEMETRY.test(key))) return [];
    const hasUnknownValues = (container.envFrom ?? []).some(
      ({ configMapRef, secretRef }) =>
        sources.configMaps.get(`${namespace}/${configMapRef?.name}`) === null ||
        sources.secretKeys.get(`${namespace}/${secretRef?.name}`) === null,
    );
    const listeners = listenersOf(spec.template.spec, container.name);
    return [
      {
        ...{ namespace, kind, name, labels, container: container.name },
        ...{ ...listeners, isOnHost, usesClusterDns, values, hasUnknownValues },
      },
    ];
  });
}

/** The ConfigMaps and Secrets that the variables of a workload come from, as `namespace/name`. */
export function sourcesOf({ metadata, spec }: AnyWorkload): {
  readonly configMaps: string[];
  readonly secrets: string[];
} {
  const from = spec.template.spec.containers.flatMap(({ envFrom = [] }) => envFrom);
  const refs = spec.template.spec.containers
    .flatMap(({ env = [] }) => env)
    .filter(({ name }) => IS_TELEMETRY.test(name));
  const inNamespace = (name: string | undefined) => (name === undefined ? [] : [`${metadata.namespace}/${name}`]);
  return {
    configMaps: [
      ...from.flatMap(({ configMapRef }) => inNamespace(configMapRef?.name)),
      ...refs.flatMap(({ valueFrom }) => inNamespace(valueFrom?.configMapKeyRef?.name)),
    ],
    secrets: from.flatMap(({ secretRef }) => inNamespace(secretRef?.name)),
  };
}

/** As the kubelet composes them: `env` wins over `envFrom`, and a later entry over an earlier one. */
function valuesOf({ env = [], envFrom = [] }: SenderContainer, namespace: string, sources: Sources): Values {
  const values = new Map<string, string | null>();
  for (const { prefix = '', configMapRef, secretRef } of envFrom) {
    const map = sources.configMaps.get(`${namespace}/${configMapRef?.name}`) ?? {};
    for (const [key, value] of Object.entries(map)) values.set(prefix + key, value);
    for (const key of sources.secretKeys.get(`${namespace}/${secretRef?.name}`) ?? []) values.set(prefix + key, null);
  }
  for (const { name, value, valueFrom } of env) {
    const map = valueFrom?.configMapKeyRef;
    const found = map === undefined ? undefined : sources.configMaps.get(`${namespace}/${map.name}`)?.[map.key];
    values.set(name, valueFrom === undefined ? expanded(value ?? '', values) : (found ?? null));
  }
  return values;
}

/** `$(NAME)` stands for another variable, `$$(NAME)` for itself. An unknown or secret one stays as it is written. */
const expanded = (text: string, values: Values): string =>
  text.replace(/(\$?)\$\(([A-Za-z_][\w.-]*)\)/g, (all, escaped, name) =>
    escaped === '$' ? all.slice(1) : (values.get(name) ?? all),
  );
