/** CPU, memory and ephemeral storage of one workload, as Kubernetes writes quantities. */
export interface Resources {
  /** CPU request, as `250m`. */
  readonly cpu: string;
  /** Memory request and limit, as `512Mi`. */
  readonly memory: string;
  /** Ephemeral storage request and limit, as `1Gi`. */
  readonly ephemeralStorage: string;
}

/** Requests and limits, as rendered. */
export interface FittedResources extends Resources {
  /** Whether the CPU request is a limit too. */
  readonly limitsCpu: boolean;
}
