/** A place where a change puts data at risk. */
export interface Risk {
  /** `StatefulSet/prometheus`, `PersistentVolumeClaim/jaeger-data`, a program, or a configuration file. */
  readonly object: string;
  /** What happens. */
  readonly what: string;
  /** How to keep the data. */
  readonly next: string;
}
