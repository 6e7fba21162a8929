/** What a component is: everything that the stack knows of it is in the one object that its folder exports. */
import type { z } from 'zod';
import type { Immutable } from '../../config/immutable';
import type { AlertGroup } from '../../content/alerts/alert';
import type { Row } from '../../content/dashboards/spec';
import type { Endpoint } from '../../lib/endpoint';
import type { ComponentParty } from '../../lib/parties';
import type { Pod } from '../../lib/pod';
import type { Emitter } from '../../promql/metric';
import type { Claim } from './claim';
import type { StackContext } from './context';
import type { Datasource } from './datasource';
import type { Grant } from './roles';
import type { ScrapeJob } from './scrape-jobs';

/** One component in one stack: what others ask of it, and what it adds to them. */
export interface Part {
  /** Asks other components for what it needs of them: all are built, and none is rendered. @default - nothing */
  connect?(): void;
  /**
   * Adds the objects to the charts. It is called once, when the manifests are made: until then other components, and the users of the
   * library, add what they need.
   */
  render(): void;
  /** Ports that `network.allowFrom` opens. @default - none */
  readonly entrances?: readonly Endpoint[];
  /** Pods that `network.egress` names. @default - none */
  readonly pods?: readonly ComponentParty[];
  /** What outlives its pod. @default - none, or one for each pod */
  readonly claim?: Claim | null;
  /** Jobs of Prometheus. @default - none */
  scrapeJobs?(client: ComponentParty): readonly ScrapeJob[];
  /** What Prometheus must be allowed to do in another namespace to find these targets. @default - nothing */
  readonly scrapeRight?: Omit<Grant, 'account'>;
  /** Rights of this component in namespaces that are not the stack's. @default - none */
  grants?(): readonly Grant[];
  /** What Grafana asks. @default - nothing */
  datasource?(grafana: Pod): Datasource;
}

/** What a component gets of the environment file: its own key, with all defaults. */
export type SettingsOf<Schema extends z.ZodType> = Immutable<z.output<Schema>>;

/**
 * A component.
 *
 * @example
 * export const echo = defineComponent({
 *   key: 'echo',
 *   order: 92,
 *   schema: z.strictObject({ enabled: z.boolean().default(false) }).prefault({}),
 *   build: (context, { enabled }) => (enabled ? new EchoChart(context) : null),
 *   alerts: [echoAlerts],
 * });
 */
export interface Component<
  Key extends string = string,
  Schema extends z.ZodType = z.ZodType,
  Built extends Part = Part,
> {
  /** Its key of the environment file. */
  readonly key: Key;
  /** Place of its file, jobs, alerts and datasource among those of others: the number in the name of its file. */
  readonly order: number;
  /** Whether it is a program of the stack, or something else that the stack watches. @default 'program' */
  readonly kind?: 'program' | 'watched';
  /** Its part of the environment file. */
  readonly schema: Schema;
  /** Whether `network.allowFrom` and `network.egress` may name it. @default false */
  readonly reachable?: boolean;
  /** Builds it; null: it is off. */
  build(context: StackContext, settings: SettingsOf<Schema>): Built | null;
  /** The emitters of metrics that are there with it. @default - none */
  emits?(settings: SettingsOf<Schema>): readonly Emitter[];
  /** Alerts about it, in the order of the rule file. @default - none */
  readonly alerts?: readonly AlertGroup[];
  /** Rows that it adds to the overview dashboard. @default - none */
  readonly overview?: readonly Row[];
}

/** Checks the types of a component's object, and keeps them. */
export const defineComponent = <const Key extends string, Schema extends z.ZodType, Built extends Part>(
  definition: Component<Key, Schema, Built>,
): Component<Key, Schema, Built> => definition;
