/** What a component is: everything that the stack knows of it is in the one object that its folder exports. */
import type { z } from 'zod';
import type { Immutable } from '../../config/immutable';
import type { AlertGroup } from '../../content/alerts/alert';
import type { Row } from '../../content/dashboards/spec';
import type { Emitter, Metric } from '../../promql/metric';
import type { StackContext } from './context';
import type { Part } from './part';

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
  /** Metrics that the catalogue in `metrics/` does not have, as those of a component of your own. @default - none */
  readonly metrics?: readonly Metric[];
  /** Alerts about it, in the order of the rule file. @default - none */
  readonly alerts?: readonly AlertGroup[];
  /** Rows that it adds to the overview dashboard. @default - none */
  readonly overview?: readonly Row[];
}

/** Checks the types of a component's object, and keeps them. */
export const defineComponent = <const Key extends string, Schema extends z.ZodType, Built extends Part>(
  definition: Component<Key, Schema, Built>,
): Component<Key, Schema, Built> => definition;
