/** The types that users write take what the schemas take, and nothing else: `npm run types` compares both, in both directions. */
import type * as z from 'zod';
import type { EnvironmentInput } from '../../config/environment-input';
import type { Rule, RuleGroup } from '../../library/stack-files';
import type { ruleFileSchema } from '../../promql/rules/schema';
import type { environmentSchema } from '../../stack/settings';

type Immutable<T> = T extends object ? { readonly [K in keyof T]: Immutable<T[K]> } : T;
type Inferred = Immutable<z.input<typeof environmentSchema>>;

/** The components that a network rule may name are a list that is made: there the generated type is the narrower one. */
type ButNetwork<T> = Omit<T, 'network'>;
export const generatedTakesAll = (inferred: ButNetwork<Inferred>): ButNetwork<EnvironmentInput> => inferred;
export const generatedTakesNoMore = (generated: EnvironmentInput): Inferred => generated;

type ReadGroup = NonNullable<z.input<typeof ruleFileSchema>['groups']>[number];
type ReadRule = NonNullable<ReadGroup['rules']>[number];

/** The schema of rule files sees texts only, so that only the keys can be compared. */
export const rules: { group: keyof ReadGroup; rule: keyof ReadRule } = {} as {
  group: keyof RuleGroup;
  rule: keyof Rule;
};
export const readRules: { group: keyof RuleGroup; rule: keyof Rule } = {} as {
  group: keyof ReadGroup;
  rule: keyof ReadRule;
};
