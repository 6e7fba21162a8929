import type { Construct } from 'constructs';
import type { UserDashboard } from '../../config/files/dashboards';
import type { RuleFile } from '../../config/files/rules';
import type { SamplingStrategies } from '../../config/files/sampling';
import type { ImageKey } from '../../config/images';
import type { AlertingRule, RuleGroup } from '../../content/alerts/rule-file';
import type { Image } from '../../lib/image';
import type { ApiServer, NodesParty, Party } from '../../lib/parties';
import type { Placement } from '../../lib/placement';
import type { Topology } from '../../lib/topology';
import type { Part } from './part';

/** Programs of the user's that the stack watches, in one namespace. */
export interface Application {
  /** As people know it. */
  readonly title: string;
  readonly namespace: string;
  /** Folder of what must be applied in that namespace, below the environment's. */
  readonly folder: string;
}

/** A component, as others name it. */
interface Buildable<Built extends Part> {
  readonly key: string;
  build(context: never, settings: never): Built | null;
}

/** A component that is on. */
export interface BuiltPart {
  readonly kind: 'program' | 'watched';
  readonly part: Part;
}

/** An alert that is on, as it is evaluated. */
export interface EvaluatedAlert {
  /** Name of its group. */
  readonly group: string;
  readonly owner: 'platform' | 'services';
  readonly rules: readonly AlertingRule[];
}

/** What is evaluated and shown. It depends on all components: it is there when objects are rendered. */
export interface StackContent {
  /** Groups of Prometheus' rules. */
  groups(): readonly RuleGroup[];
  /** The alerts that Grafana evaluates; none where Prometheus does. */
  grafanaAlerts(): readonly EvaluatedAlert[];
  /** The stack's own dashboards, by uid, as the text of their files. */
  dashboards(): ReadonlyMap<string, string>;
  /** Rule files of users. */
  userRules(): readonly RuleFile[];
  /** Dashboards of users. */
  userDashboards(): readonly UserDashboard[];
}

/** What all components of one stack share. */
export interface StackContext {
  /** Name of the environment. */
  readonly environment: string;
  /** Namespace of the stack. */
  readonly namespace: string;
  readonly cluster: {
    /** Name of the cluster in telemetry. */
    readonly name: string;
    /** The cluster's DNS domain. */
    readonly domain: string;
  };
  readonly topology: Topology;
  /** Where pods are put. */
  readonly placement: Placement;
  /** StorageClass of every claim; null: the cluster's default. */
  readonly storageClass: string | null;
  readonly apiServer: ApiServer;
  readonly nodes: NodesParty;
  /** Sampling strategies for SDKs, from `jaeger.samplingStrategiesFile`; null: none. */
  readonly samplingStrategies: SamplingStrategies | null;
  /** What is watched besides the stack. */
  readonly applications: readonly Application[];
  /** The image of a program, with the overrides of the environment file. */
  image(key: ImageKey): Image;
  /**
   * Where the charts of a folder are added.
   * @param folder below the environment's. @default - the environment's own
   */
  scope(folder?: string): Construct;
  /** Another component of the same stack; null: it is off. To be asked when objects are rendered: before, it may not be built. */
  part<Built extends Part>(component: Buildable<Built>): Built | null;
  /** Every component that is on, in the order of their files. */
  parts(): readonly BuiltPart[];
  /** Rules and dashboards, as they are rendered. */
  readonly content: StackContent;
  /** Renders all components, where that has not happened. */
  complete(): void;
  /**
   * Refuses a call of the library's users that comes too late.
   * @throws Error where the objects are rendered already
   */
  checkOpen(call: string): void;
}

/** Everything that sends telemetry: the applications' pods, and people by a forwarded port. */
export const sendersOf = ({ applications }: Pick<StackContext, 'applications'>): Party[] =>
  applications.map(({ title, namespace }) => ({ kind: 'pods', name: title, namespace, podLabels: {} }));

/** Namespaces whose pods, workloads and claims are watched: the stack's, and those of the applications. */
export const watchedNamespaces = ({ namespace, applications }: StackContext): string[] => [
  namespace,
  ...applications.map((application) => application.namespace),
];

/**
 * Folder of what must be applied in a namespace: that of the application there, or else another.
 * @param otherwise folder where no application runs in that namespace
 */
export const folderOf = ({ applications }: StackContext, namespace: string, otherwise: string): string =>
  applications.find((application) => application.namespace === namespace)?.folder ?? otherwise;
