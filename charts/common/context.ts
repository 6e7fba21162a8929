import type { Construct } from 'constructs';
import type { UserDashboard } from '../../config/files/dashboards';
import type { RuleFile } from '../../config/files/rules';
import type { SamplingStrategies } from '../../config/files/sampling';
import type { ImageKey } from '../../config/images';
import type { AlertingRule, RuleGroup } from '../../content/alerts/rule-file';
import type { AlertPanel } from '../../content/dashboards/alert-panels';
import type { RunbookBundles } from '../../content/dashboards/runbooks';
import type { Image } from '../../lib/image';
import type { ApiServer, NodesParty, Party } from '../../lib/parties';
import type { Placement } from '../../lib/placement';
import type { Topology } from '../../lib/topology';
import type { Part } from './part';

/** The user's programs that the stack monitors in one namespace. */
export interface Application {
  /** Its display name. */
  readonly title: string;
  readonly namespace: string;
  /** Folder of what must be applied in that namespace, below the environment's. */
  readonly folder: string;
}

/** A component, as other components refer to it. */
interface Buildable<Built extends Part> {
  readonly key: string;
  build(context: never, settings: never): Built | null;
}

/** A component that is on. */
export interface BuiltPart {
  readonly kind: 'program' | 'watched';
  readonly part: Part;
}

/** An enabled alert, with the rules that are evaluated. */
export interface EvaluatedAlert {
  /** Name of its group. */
  readonly group: string;
  readonly owner: 'platform' | 'services';
  readonly rules: readonly AlertingRule[];
  /** What shows its metric; undefined: nothing does. */
  readonly panel: AlertPanel | undefined;
}

/** Rules and dashboards. They depend on all components, so they exist only once objects are rendered. */
export interface StackContent {
  /** Groups of Prometheus' rules. */
  groups(): readonly RuleGroup[];
  /** The alerts that Grafana evaluates; none where Prometheus does. */
  grafanaAlerts(): readonly EvaluatedAlert[];
  /** The stack's own dashboards, by uid, as the text of their files. */
  dashboards(): ReadonlyMap<string, string>;
  /** The runbook pages of alerts; none where the runbooks are published elsewhere. */
  runbooks(): RunbookBundles;
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
  /** Where pods are scheduled. */
  readonly placement: Placement;
  /** StorageClass of every claim; null: the cluster's default. */
  readonly storageClass: string | null;
  readonly apiServer: ApiServer;
  readonly nodes: NodesParty;
  /** Sampling strategies for SDKs, from `jaeger.samplingStrategiesFile`; null: none. */
  readonly samplingStrategies: SamplingStrategies | null;
  /** The applications that the stack monitors. */
  readonly applications: readonly Application[];
  /** The image of a program, with the overrides of the environment file. */
  image(key: ImageKey): Image;
  /**
   * The construct scope for the charts of a folder.
   * @param folder below the environment's. @default - the environment's own
   */
  scope(folder?: string): Construct;
  /** The scope of a folder that must not be applied together with the stack; null: every chart is in one App. */
  separateScope(folder: string): Construct | null;
  /**
   * Another component of the same stack; null: it is off. Call it while objects are rendered: earlier, the component may not be built yet.
   */
  part<Built extends Part>(component: Buildable<Built>): Built | null;
  /** Every component that is on, in the order of their files. */
  parts(): readonly BuiltPart[];
  /** Rules and dashboards, as they are rendered. */
  readonly content: StackContent;
  /** Renders all components, unless they are rendered already. */
  complete(): void;
  /**
   * Rejects a call that comes after the objects are rendered.
   * @throws Error if the objects are rendered already
   */
  checkOpen(call: string): void;
}

/** Everything that sends telemetry: the applications' pods, and users through a forwarded port. */
export const sendersOf = ({ applications }: Pick<StackContext, 'applications'>): Party[] =>
  applications.map(({ title, namespace }) => ({ kind: 'pods', name: title, namespace, podLabels: {} }));

/** Namespaces whose pods, workloads and claims are monitored: the stack's, and those of the applications. */
export const watchedNamespaces = ({ namespace, applications }: StackContext): string[] => [
  namespace,
  ...applications.map((application) => application.namespace),
];

/**
 * Folder of the manifests for a namespace: the folder of the application there, if there is one.
 * @param otherwise the folder if no application runs in that namespace
 */
export const folderOf = ({ applications }: StackContext, namespace: string, otherwise: string): string =>
  applications.find((application) => application.namespace === namespace)?.folder ?? otherwise;
