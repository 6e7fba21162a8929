import type { Component } from '../charts/common/component';
import type { BuiltPart, StackContent, StackContext } from '../charts/common/context';
import type { Part } from '../charts/common/part';
import { imageOf } from '../config/images';
import { PLATFORMS } from '../config/platforms';
import { Topology } from '../lib/topology';
import type { Config } from './config';
import type { Scopes } from './scopes';

/** The functions that a stack provides to its components. */
export interface StackServices {
  readonly scopes: Scopes;
  readonly content: StackContent;
  /** The built components by their keys, in the order of their files; null: off. */
  parts(): ReadonlyMap<string, { readonly component: Component; readonly part: Part }>;
  complete(): void;
  checkOpen(call: string): void;
}

/** The context of the components of one stack. */
export function contextOf(config: Config, services: StackServices): StackContext {
  const { namespace, environment, cluster, storage, scheduling, janServer, samplingStrategies } = config;
  const platform = PLATFORMS[config.platform];
  return {
    environment,
    namespace,
    cluster,
    topology: new Topology(cluster.domain),
    placement: {
      platform,
      priorityClassName: scheduling.priority === null ? null : namespace,
      spread: scheduling.spread,
    },
    storageClass: storage.className ?? platform.storageClass,
    apiServer: {
      party: { kind: 'apiServer', name: 'Kubernetes API', cidr: cluster.apiServer.cidr },
      ports: cluster.apiServer.ports ?? platform.apiServerPorts,
    },
    nodes: { kind: 'nodes', name: 'nodes', cidr: cluster.nodes.cidr },
    samplingStrategies,
    applications:
      janServer === null ? [] : [{ title: 'Jan Server', namespace: janServer.namespace, folder: 'jan-server' }],
    content: services.content,
    image: (key) => imageOf(key, config.images),
    scope: (folder) => services.scopes.of(folder),
    separateScope: (folder) => services.scopes.separate(folder),
    part: ({ key }) => (services.parts().get(key)?.part ?? null) as never,
    parts: () =>
      [...services.parts().values()].map(
        ({ component, part }): BuiltPart => ({ kind: component.kind ?? 'program', part }),
      ),
    complete: services.complete,
    checkOpen: services.checkOpen,
  };
}
