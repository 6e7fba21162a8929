/** A Collector's configuration, in the form of its file. */

/** A pipeline: names of components. */
export interface Pipeline {
  readonly receivers: readonly string[];
  readonly processors?: readonly string[];
  readonly exporters: readonly string[];
}

/** Settings of components, by name. */
export type Components = Readonly<Record<string, object>>;

/** A Collector's configuration, with the keys that are read here. */
export interface CollectorConfig {
  readonly extensions?: Components;
  readonly receivers: Components;
  readonly processors?: Components;
  readonly connectors?: Components;
  readonly exporters: Components;
  readonly service: {
    readonly extensions?: readonly string[];
    readonly pipelines: Readonly<Record<string, Pipeline>>;
  };
}
