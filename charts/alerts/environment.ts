import type { Config } from '../../config/load';
import type { Slo } from '../../config/schema';
import { Catalogue } from '../../contract/catalogue';
import { METRICS } from '../../contract/catalogue/index';
import { missingSource } from '../../contract/check';
import { type Contract, contractOf } from '../contract';
import { emittersOf } from '../emitters';
import { slosOf } from '../slo/defaults';
import { selectorsOf } from '../slo/indicator';
import { sloRecordingRules } from '../slo/rules';
import { type ConfiguredAlert, configuredAlerts } from './configured';
import { ALERT_GROUPS } from './groups';
import { alertingGroups, type RuleGroup, ruleGroups } from './rule-file';

/** Everything that is evaluated in an environment, and the contract that it was checked against. */
export interface EnvironmentRules {
  /** Every alert, with its rules where it is on. */
  readonly alerts: readonly ConfiguredAlert[];
  /** Prometheus' rules: recordings, and the alerts where Prometheus evaluates them. */
  readonly groups: readonly RuleGroup[];
  readonly contract: Contract;
  /** The objectives that are recorded. */
  readonly slos: readonly Slo[];
}

/**
 * The rules of an environment.
 * @param jobs names of the scrape jobs of the stack's own programs
 */
export function environmentRules(config: Config, jobs: readonly string[]): EnvironmentRules {
  const effective = { ...config, slos: measuredSlos(config) };
  const records = sloRecordingRules(effective);
  const contract = contractOf(
    effective,
    records.flatMap(({ rules }) => rules),
  );
  const alerts = configuredAlerts(ALERT_GROUPS, { config: effective, jobs }, contract);
  const alerting = alertingGroups(effective, alerts);
  const groups = ruleGroups(records, config.alerts.evaluatedBy === 'prometheus' ? alerting : []);
  for (const { rules } of ruleGroups(records, alerting)) {
    for (const rule of rules) {
      if ('alert' in rule) contract.check('alert', `alert ${rule.alert}`, rule.expr);
      else contract.check('record', `recording rule ${rule.record}`, rule.expr);
    }
  }
  return { alerts, groups, contract, slos: effective.slos };
}

/** The objectives whose indicators somebody counts in this environment. */
function measuredSlos(config: Config): readonly Slo[] {
  const catalogue = new Catalogue(METRICS);
  const on = emittersOf(config);
  return slosOf(config).filter(({ indicator }) =>
    selectorsOf(indicator).every((selector) => missingSource(selector, catalogue, on) === undefined),
  );
}
