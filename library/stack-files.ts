/** The files beside an environment file, in the form that the construct takes. Only types: they are part of the public API. */

/** An alert or a recording rule, in the form of a rule file (https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/). */
export interface Rule {
  /** Name of the alert. A rule has this or `record`. */
  readonly alert?: string;
  /** Name of the series that is recorded. */
  readonly record?: string;
  /** A PromQL expression. */
  readonly expr: string;
  /** How long the condition must hold before the alert fires, as `5m`. */
  readonly for?: string;
  /** How long the alert keeps firing after the condition ends, as `5m`. */
  readonly keep_firing_for?: string;
  /** Labels of the alert or the series. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Texts of the alert. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Rules that are evaluated sequentially. */
export interface RuleGroup {
  /** Unique in its file. */
  readonly name: string;
  /** How often the group is evaluated. @default - `prometheus.evaluationInterval` of the settings */
  readonly interval?: string;
  /** How many alerts or series a rule may produce; 0: any number. @default 0 */
  readonly limit?: number;
  /** Offset of the group's queries into the past, as `30s`. */
  readonly query_offset?: string;
  /** Labels of every rule. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly rules: readonly Rule[];
}

/** A rule file: its text, as `rules/*.yaml` holds it, or its content. */
export interface RuleFileInput {
  /** File name, unique in the stack, as `payments.yaml`. */
  readonly name: string;
  readonly content: string | { readonly groups: readonly RuleGroup[] };
}

/** A dashboard: its JSON as Grafana's Export writes it (schema version 1), as a text or as an object. It needs a `uid`. */
export interface DashboardInput {
  /** File name, for messages, as `payments.json`. */
  readonly name: string;
  readonly content: string | object;
}

/** Jaeger's sampling strategies (https://www.jaegertracing.io/docs/2.20/architecture/sampling/). */
export interface SamplingInput {
  /** For services without a strategy of their own. */
  readonly default_strategy: SamplingStrategy;
  readonly service_strategies?: readonly (SamplingStrategy & { readonly service: string })[];
}

/** How the spans of one service are sampled. */
export interface SamplingStrategy {
  readonly type: 'probabilistic' | 'ratelimiting';
  /** A probability from 0 to 1, or traces per second. */
  readonly param: number;
  /** For single operations. */
  readonly operation_strategies?: readonly {
    readonly operation: string;
    readonly type: 'probabilistic';
    /** A probability from 0 to 1. */
    readonly param: number;
  }[];
}

/** The input of a stack: the content of `environments/<name>.yaml` and of the files beside it. */
export interface StackFiles {
  /** The `rules/*.yaml`. @default - none */
  readonly rules?: readonly RuleFileInput[];
  /** The `dashboards/*.json`. @default - none */
  readonly dashboards?: readonly DashboardInput[];
  /**
   * Content of the file that `jaeger.samplingStrategiesFile` names.
   * @default - none are served
   */
  readonly samplingStrategies?: SamplingInput;
}
