import { ConfigError, type Problem } from '../../config/problems';
import { nearest } from '../../promql/nearest';
import type { MissingSource } from '../missing-source';
import type { PageHead } from '../runbooks/page';
import type { Places } from '../runbooks/places';
import { type IsOn, type Runbook, withoutGaps } from '../runbooks/runbook';
import type { ContentSettings } from '../settings';
import type { AlertContext, AlertDefinition, AlertGroup, AlertRule, AlertTest, Severity } from './alert';

/** An alert in one environment. */
export interface ConfiguredAlert extends PageHead {
  readonly definition: AlertDefinition;
  /** Name of its group. */
  readonly group: string;
  readonly severity: Severity;
  /** Its rules; none if it is off. */
  readonly rules: readonly AlertRule[];
  /** Why it is off, in words; null: it is on. */
  readonly off: string | null;
  /** Its runbook in this environment. Queries for metrics without a source are left out. */
  readonly runbook: (at: Places) => Runbook;
  /** The series of its tests. */
  readonly test: () => AlertTest;
}

/** The context of all alerts of an environment, and the settings of each alert. */
type ConfiguredContext = Omit<AlertContext, 'lasts'> & {
  readonly config: Pick<ContentSettings, 'environment' | 'alerts'>;
};

/**
 * Applies `alerts.rules` of the configuration, and leaves out the rules whose metrics have no source.
 * @throws ConfigError for an unknown alert, and for a threshold out of bounds
 */
export function configuredAlerts(
  groups: readonly AlertGroup[],
  context: ConfiguredContext,
  missing: MissingSource,
): readonly ConfiguredAlert[] {
  const problems = problemsOf(groups, context);
  if (problems.length > 0) throw new ConfigError(problems);
  const isOn: IsOn = (name) => found.some(({ definition, off }) => definition.name === name && off === null);
  const found: readonly ConfiguredAlert[] = groups.flatMap(({ name, alerts }) =>
    alerts.map((definition) => configured(definition, name, context, missing, isOn)),
  );
  return found;
}

function configured(
  definition: AlertDefinition,
  group: string,
  context: ConfiguredContext,
  missing: MissingSource,
  isOn: IsOn,
): ConfiguredAlert {
  const { rules: changes, owners } = context.config.alerts;
  const change = changes[definition.name];
  const threshold = change?.threshold ?? definition.threshold?.value ?? 0;
  const lasts = change?.for ?? definition.for;
  const own = { ...context, lasts: inWords(lasts) };
  const all = change?.enabled === false ? [] : definition.rules(threshold, own);
  const rules = all.filter(({ expr }) => missing(expr) === undefined);
  return {
    definition,
    group,
    severity: change?.severity ?? definition.severity,
    owner: owners[definition.owner],
    for: lasts,
    threshold: definition.threshold && { value: threshold, unit: definition.threshold.unit },
    rules,
    runbook: (at) => withoutGaps(definition.runbook(at, threshold, isOn), (promql) => missing(promql) !== undefined),
    off: rules.length > 0 ? null : reasonOf(definition, all, missing, change?.enabled === false),
    test: () => definition.test(threshold, own),
  };
}

const UNITS: Readonly<Record<string, string>> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' };

/** A duration in words, as `5 minutes`; one of several units stays as it is. */
function inWords(duration: string): string {
  const [, number = '', unit = ''] = /^(\d+)([smhdw])$/.exec(duration) ?? [];
  return number === '' ? duration : `${number} ${UNITS[unit]}${number === '1' ? '' : 's'}`;
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

function problemsOf(groups: readonly AlertGroup[], { config }: ConfiguredContext): Problem[] {
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
