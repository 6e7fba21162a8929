/** The API server could not be asked, or refused. */
export class KubectlError extends Error {
  override readonly name = 'KubectlError';

  constructor(
    readonly args: readonly string[],
    readonly stderr: string,
  ) {
    super(`kubectl ${args.slice(0, 3).join(' ')}: ${stderr.trim()}`);
  }

  /** Whether the API server could not be reached: what a restart of it, or a lost network, looks like. */
  get isUnreachable(): boolean {
    return /connection refused|no such host|i\/o timeout|unable to connect|timed out|EOF|connection reset|was refused|etcdserver|ServiceUnavailable|apiserver not ready|shutting down/i.test(
      this.stderr,
    );
  }

  /** Whether the API server refused it for want of rights: an answer, but not the one that nothing is there. */
  get isForbidden(): boolean {
    return /\(Forbidden\)|is forbidden:/.test(this.stderr);
  }

  /** Whether the kubeconfig has no current context, or not the one that was asked for. */
  get hasNoContext(): boolean {
    return /current-context must exist|cannot locate context|context .* does not exist/.test(this.stderr);
  }

  /** Whether there is no kubectl at all. */
  get isMissing(): boolean {
    return this.stderr === NO_KUBECTL;
  }
}

/** What the error of a machine without kubectl says. */
export const NO_KUBECTL = 'there is no kubectl on the PATH: install it';
