/** A kubectl command failed. */
export class KubectlError extends Error {
  override readonly name = 'KubectlError';

  constructor(
    readonly args: readonly string[],
    readonly stderr: string,
  ) {
    super(`kubectl ${args.slice(0, 3).join(' ')}: ${stderr.trim()}`);
  }

  /** Whether the API server could not be reached, for example while it restarts or the network is down. */
  get isUnreachable(): boolean {
    return /connection refused|no such host|i\/o timeout|unable to connect|timed out|EOF|connection reset|was refused|etcdserver|ServiceUnavailable|apiserver not ready|shutting down/i.test(
      this.stderr,
    );
  }

  /** Whether the permission is missing (Forbidden). This does not mean that the object does not exist. */
  get isForbidden(): boolean {
    return /\(Forbidden\)|is forbidden:/.test(this.stderr);
  }

  /** Whether the kubeconfig has no current context, or not the requested one. */
  get hasNoContext(): boolean {
    return /current-context must exist|cannot locate context|context .* does not exist/.test(this.stderr);
  }

  /** Whether kubectl is not installed. */
  get isMissing(): boolean {
    return this.stderr === NO_KUBECTL;
  }
}

/** The error of a machine without kubectl. */
export const NO_KUBECTL = 'kubectl is not on the PATH: install it';
