import { ConfigError, type Problem } from '../../config/problems';
import { nearest } from '../../promql/nearest';
import type { MissingSource } from '../../stack/expressions';
import type { AlertContext, AlertDefinition, AlertGroup, AlertRule, AlertTest, Severity } from './alert';

/** An alert as one environment has it. */
export interface ConfiguredAlert {
  readonly definition: AlertDefinition;
  /** Name of its group. */
  readonly group: string;
  readonly threshold: number;
  readonly for: string;
  readonly severity: Severity;
  /** Its rules; none where it is off. */
  readonly rules: readonly AlertRule[];
  /** Why it is off, in words; null: it is on. */
  readonly off: string | null;
  /** The series that it is tested with. */
  readonly test: () => AlertTest;
}

/**
 * Applies `alerts.rules` of the configuration, and leaves out the rules whose metrics nobody emits.
 * @throws ConfigError for a name that is no alert, and for a threshold out of bounds
 */
export function configuredAlerts(
  groups: readonly AlertGroup[],
  context: AlertContext,
  missing: MissingSource,
): readonly ConfiguredAlert[] {
  const problems = problemsOf(groups, context);
  if (problems.length > 0) throw new ConfigError(problems);
  return groups.flatMap(({ name, alerts }) =>
    alerts.map((definition) => configured(definition, name, context, missing)),
  );
}

function configured(
  definition: AlertDefinition,
  group: string,
  context: AlertContext,
  missing: MissingSource,
): ConfiguredAlert {
  const change = context.config.alerts.rules[definition.name];
  const threshold = change?.threshold ?? definition.threshold?.value ?? 0;
  const all = change?.enabled === false ? [] : definition.rules(threshold, context);
  const rules = all.filter(({ expr }) => missing(expr) === undefined);
  return {
    definition,
    group,
    threshold,
    for: change?.for ?? definition.for,
    severity: change?.severity ?? definition.severity,
    rules,
    off: rules.length > 0 ? null : reasonOf(definition, all, missing, change?.enabled === false),
    test: () => definition.test(threshold, context),
  };
}

function reasonOf(
  { name }: AlertDefinition,
  rules: readonly AlertRule[],
  missing: MissingSource,
  disabled: boolean,
): string {
  if (disabled) return `alerts.rules.${name}.enabled is false`;
  const [first] = rules.flatMap(({ expr }) => missing(expr) ?? []);
  if (first === undefined) return 'nothing in this configuration needs it';
  const { title, switchedOnBy } = first;
  return switchedOnBy === null
    ? `${title} has none of its metrics at this version`
    : `${title} is off (${switchedOnBy})`;
}

function problemsOf(groups: readonly AlertGroup[], { config }: AlertContext): Problem[] {
  const definitions = new Map(groups.flatMap(({ alerts }) => alerts.map((alert) => [alert.name, alert])));
  const file = `environments/${config.environment}.yaml`;
  return Object.entries(config.alerts.rules).flatMap(([name, { threshold }]): Problem[] => {
    const path = `alerts.rules.${name}`;
    const definition = definitions.get(name);
    if (definition === undefined) {
      const guess = nearest(name, [...definitions.keys()]);
      const fix = guess === undefined ? 'docs/alerts.md lists them' : `did you mean ${guess}?`;
      return [{ file, path, value: name, allowed: 'the name of an alert', fix }];
    }
    if (threshold === null) return [];
    const place = { file, path: `${path}.threshold`, value: `${threshold}` };
    const bounds = definition.threshold;
    if (bounds === undefined) {
      return [{ ...place, allowed: 'nothing: this alert compares with no number', fix: `remove ${path}.threshold` }];
    }
    if (threshold >= bounds.min && threshold <= bounds.max) return [];
    const allowed = `${bounds.unit}, from ${bounds.min} to ${bounds.max}`;
    return [{ ...place, allowed, fix: `${path}.threshold: ${bounds.value}` }];
  });
}

/** Alerts that are on, by their group, in the order of their definition. */
export function byGroup(alerts: readonly ConfiguredAlert[]): ReadonlyMap<string, readonly ConfiguredAlert[]> {
  const groups = new Map<string, ConfiguredAlert[]>();
  for (const alert of alerts) {
    if (alert.off === null) groups.set(alert.group, [...(groups.get(alert.group) ?? []), alert]);
  }
  return groups;
}
