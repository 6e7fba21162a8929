/** Where the containers of a pod listen. */

/** A container, with the fields that are used here. */
interface Container {
  readonly name: string;
  /** Of an init container: `Always` makes it a sidecar, which runs as long as the pod. */
  readonly restartPolicy?: string;
  readonly ports?: readonly { readonly containerPort: number }[];
}

/** Where a pod listens, as one of its containers sees it. */
export interface Listeners {
  /** Ports of its pod, those of sidecars too. */
  readonly podPorts: readonly number[];
  /** Whether another container of the pod names no port: it may listen at each. */
  readonly hasUnknownPorts: boolean;
}

/** The listeners of a pod, or of a template. @param name that of the container that looks */
export function listenersOf(
  {
    containers,
    initContainers = [],
  }: { readonly containers: readonly Container[]; readonly initContainers?: readonly Container[] },
  name: string,
): Listeners {
  const running = [...containers, ...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always')];
  return {
    podPorts: running.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort)),
    hasUnknownPorts: running.some((container) => container.name !== name && (container.ports ?? []).length === 0),
  };
}
