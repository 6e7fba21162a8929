import type { StackContext } from '../charts/shared/context';
import type { Endpoint } from '../lib/endpoint';

/** Pods that may connect to the stack. */
export interface AllowedClient {
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Labels of the pods. @default - all pods of the namespace */
  readonly podLabels?: Readonly<Record<string, string>>;
}

/** The stack's NetworkPolicies, as users of the library add to them. */
export class NetworkHandle {
  readonly #context: StackContext;

  constructor(context: StackContext) {
    this.#context = context;
  }

  /**
   * Lets pods connect to a port of the stack.
   *
   * @example
   * stack.network.allow({ namespace: 'shop' }, stack.collector.otlpGrpc);
   */
  allow({ namespace, podLabels = {} }: AllowedClient, endpoint: Endpoint): void {
    this.#context.checkOpen('network.allow');
    endpoint.allow({ kind: 'pods', name: namespace, namespace, podLabels }, 'allowed by network.allow');
  }
}
