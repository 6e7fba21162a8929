/** Label selectors, where not every label may be known. */

/** A label selector. */
export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** Labels of an object. */
export type Labels = Readonly<Record<string, string>>;

/** null: it cannot be known. */
export type Answer = boolean | null;

/** Whether one of them holds. */
export const anyOf = (answers: readonly Answer[]): Answer =>
  answers.includes(true) ? true : answers.includes(null) ? null : false;
/** Whether all of them hold. */
export const allOf = (answers: readonly Answer[]): Answer =>
  answers.includes(false) ? false : answers.includes(null) ? null : true;

/**
 * Whether labels match a selector. One that is empty or absent selects everything.
 * @param areAll whether there are no other labels
 */
export function selects(
  { matchLabels = {}, matchExpressions = [] }: Selector = {},
  labels: Labels,
  areAll = true,
): Answer {
  const about = (key: string, holds: (value: string | undefined) => boolean): Answer =>
    labels[key] === undefined && !areAll ? null : holds(labels[key]);
  return allOf([
    ...Object.entries(matchLabels).map(([key, wanted]) => about(key, (value) => value === wanted)),
    ...matchExpressions.map(({ key, operator, values = [] }) =>
      about(key, (value) => {
        if (operator === 'Exists') return value !== undefined;
        if (operator === 'DoesNotExist') return value === undefined;
        const isIn = value !== undefined && values.includes(value);
        return operator === 'In' ? isIn : !isIn;
      }),
    ),
  ]);
}
