/** Objectives for tests. */

import type { Config } from '../../stack/config';
import { environmentRules } from '../../stack/rules';
import type { EnvironmentInput } from '../../stack/settings';
import { configFrom } from '../support';

/** An objective, as a user writes it. */
export type SloInput = NonNullable<EnvironmentInput['slos']>[number];

/** Requests to the shop. */
export const CALLS = 'traces_span_metrics_calls_total{service_name="shop",span_kind="SPAN_KIND_SERVER"}';
/** An objective on the shop's requests. */
export const shop = (change: Partial<SloInput> = {}): SloInput => ({
  name: 'shop',
  description: 'The shop answers',
  service: 'shop',
  objective: 99.5,
  indicator: { type: 'ratio', total: [CALLS], good: [CALLS.replace('}', ',status_code="STATUS_CODE_UNSET"}')] },
  ...change,
});
/** An objective on their duration. */
export const latency = (seconds: number): SloInput =>
  shop({ indicator: { type: 'latency', histogram: 'traces_span_metrics_duration_seconds', seconds } });
/** A complete environment. */
export const environment = (content: EnvironmentInput) => configFrom(JSON.stringify(content));
/** The rules of its objectives. */
export const rulesOf = (config: Config) =>
  environmentRules(config, []).groups.find(({ name }) => name === 'slo')?.rules ?? [];
/** Why an environment is refused. */
export const refusal = (content: EnvironmentInput, change: (config: Config) => Config = (config) => config): string => {
  try {
    environmentRules(change(environment(content)), []);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was accepted');
};
