/** A component: one object, exported by its folder, holds everything that the stack knows about it. */
import type * as z from 'zod';
import type { Immutable } from '../../config/immutable';
import type { AlertGroup } from '../../content/alerts/alert';
import type { Row } from '../../content/dashboards/spec';
import type { Emitter, Metric } from '../../promql/metric';
import type { StackContext } from './context';
import type { Part } from './part';

/** The settings of a component: its key of the environment file, with all defaults. */
export type SettingsOf<Schema extends z.ZodType> = Immutable<z.output<Schema>>;

/** A row of the overview below its own: its title is a question, and its panels are shown on a click. */
export type OverviewRow = Row & { readonly closed: true };

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
  /** Its position among the components, for files, jobs, alerts and datasources: the number in the name of its file. */
  readonly order: number;
  /** Whether it is a program of the stack, or something else that the stack watches. @default 'program' */
  readonly kind?: 'program' | 'watched';
  /** Its part of the environment file. */
  readonly schema: Schema;
  /** Whether `network.allowFrom` and `network.egress` may name it. @default false */
  readonly reachable?: boolean;
  /** Builds it; null: it is off. */
  build(context: StackContext, settings: SettingsOf<Schema>): Built | null;
  /** The emitters of metrics that run when this component is on. @default - none */
  emits?(settings: SettingsOf<Schema>): readonly Emitter[];
  /** Metrics that the catalogue in `metrics/` lacks, for example those of a component that you have added. @default - none */
  readonly metrics?: readonly Metric[];
  /** Alerts about it, in the order of the rule file. @default - none */
  readonly alerts?: readonly AlertGroup[];
  /**
   * Rows that it adds to the end of the overview dashboard. They are closed, so that what is well is seen at once whatever is added.
   * @default - none
   */
  readonly overview?: readonly OverviewRow[];
}

/** Checks the types of a component's object, and returns it with its exact type. */
export const defineComponent = <const Key extends string, Schema extends z.ZodType, Built extends Part>(
  definition: Component<Key, Schema, Built>,
): Component<Key, Schema, Built> => definition;
