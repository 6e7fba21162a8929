/** Changes of a Collector's configuration: removing components, and what is then unused. */
import type { CollectorConfig, Components, Pipeline } from '../../lab/collector-config';

/** Makes another configuration of one. @throws Error if it does not find what it changes */
export type Change = (config: CollectorConfig) => CollectorConfig;

/** Removes processors and connectors, and all that is unused without them. */
export const without =
  (...names: readonly string[]): Change =>
  (config) => {
    const known = [...Object.keys(config.processors ?? {}), ...Object.keys(config.connectors ?? {})];
    const missing = names.filter((name) => !known.includes(name));
    if (missing.length > 0)
      throw new Error(`the configuration has no ${missing.join(', ')}; its processors and connectors are ${known}`);
    return pruned(
      withPipelines(config, ({ receivers, processors = [], exporters }) => ({
        receivers: excluding(receivers, names),
        processors: excluding(processors, names),
        exporters: excluding(exporters, names),
      })),
    );
  };

/** Keeps the queues of all exporters in memory, and starts no storage for them. */
export const queuesInMemory: Change = (config) => {
  const storages = Object.values(config.exporters)
    .map((settings) => queueOf(settings)?.storage)
    .filter((storage) => storage !== undefined);
  if (storages.length === 0) throw new Error('the configuration has no exporter with a queue on disk');
  const exporters = Object.entries(config.exporters).map(([name, settings]) => [name, inMemory(settings)]);
  const extensions = excluding(config.service.extensions ?? [], storages);
  return { ...config, exporters: Object.fromEntries(exporters), service: { ...config.service, extensions } };
};

const queueOf = (exporter: object) =>
  (exporter as { readonly sending_queue?: { readonly storage?: string } }).sending_queue;

function inMemory(exporter: object): object {
  const queue = queueOf(exporter);
  if (queue === undefined) return exporter;
  const { storage: _, ...others } = queue;
  return { ...exporter, sending_queue: others };
}

const excluding = (all: readonly string[], some: readonly string[]) => all.filter((name) => !some.includes(name));

const withPipelines = (config: CollectorConfig, change: (pipeline: Pipeline) => Pipeline): CollectorConfig => ({
  ...config,
  service: {
    ...config.service,
    pipelines: Object.fromEntries(
      Object.entries(config.service.pipelines).map(([name, pipeline]) => [name, change(pipeline)]),
    ),
  },
});

/** Removes pipelines without a start or an end, connectors that lost one of their sides, then the components that no pipeline has. */
function pruned(config: CollectorConfig): CollectorConfig {
  const complete = Object.entries(config.service.pipelines).filter(
    ([, { receivers, exporters }]) => receivers.length > 0 && exporters.length > 0,
  );
  const pipelines = complete.map(([, pipeline]) => pipeline);
  const received = pipelines.flatMap(({ receivers }) => receivers);
  const exported = pipelines.flatMap(({ exporters }) => exporters);
  const oneSided = Object.keys(config.connectors ?? {}).filter(
    (name) => received.includes(name) !== exported.includes(name),
  );
  const rest = { ...config, service: { ...config.service, pipelines: Object.fromEntries(complete) } };
  if (oneSided.length > 0)
    return pruned(
      withPipelines(rest, ({ receivers, exporters, ...others }) => ({
        ...others,
        receivers: excluding(receivers, oneSided),
        exporters: excluding(exporters, oneSided),
      })),
    );
  const used = new Set([...received, ...exported, ...pipelines.flatMap(({ processors = [] }) => processors)]);
  const usedOf = (components: Components = {}): Components =>
    Object.fromEntries(Object.entries(components).filter(([name]) => used.has(name)));
  return {
    ...rest,
    receivers: usedOf(config.receivers),
    processors: usedOf(config.processors),
    connectors: usedOf(config.connectors),
    exporters: usedOf(config.exporters),
  };
}
