import type { DashboardUid } from '../../lib/dashboard-uids';
import type { WriteRunbook } from '../runbooks/runbook';
import type { AlertSettings } from './settings';

/** Urgency: `critical` pages at once, `warning` is handled the same day, `info` when there is time. */
export type Severity = 'critical' | 'warning' | 'info';

/** The threshold of an alert, which `alerts.rules.<name>.threshold` may change. */
export interface Threshold {
  readonly value: number;
  /** In words, as `percent` or `seconds`. */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
}

/** One rule of an alert. Most alerts have one; an alert about several jobs has one for each job. */
export interface AlertRule {
  /** PromQL, with the threshold filled in. */
  readonly expr: string;
  /** One line; Prometheus' templates are allowed in it. */
  readonly summary: string;
  /** The meaning and who is affected, in a sentence or two; templates are allowed. */
  readonly description: string;
  /** Labels besides severity and owner. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Series in promtool's notation, to their values at every 30 s for two hours: `0+10x240` is 240 samples, each ten more. */
export type TestSeries = Readonly<Record<string, string>>;

/** Series on which the alert fires, and series on which it must not. Both are evaluated after 110 minutes. */
export interface AlertTest {
  /** Each rule fires on it, once. */
  readonly fires: TestSeries;
  /** No rule fires on it; null: the alert always fires, as a dead man's switch does. */
  readonly quiet: TestSeries | null;
}

/** Context of the rules, besides their threshold. */
export interface AlertContext {
  readonly config: AlertSettings;
  /** Names of the scrape jobs of the stack's own programs. */
  readonly jobs: readonly string[];
  /** How long the condition must hold before the alert fires, in words, as `5 minutes`. */
  readonly lasts: string;
}

/** An alert, before the configuration is applied to it. */
export interface AlertDefinition {
  /** In CamelCase, as all of Prometheus' alerts are. */
  readonly name: string;
  /** The responsible team: the one that runs the stack, or the one that runs the monitored services. */
  readonly owner: 'platform' | 'services';
  readonly severity: Severity;
  /** How long the condition must hold before the alert fires. */
  readonly for: string;
  readonly threshold?: Threshold;
  /** Its rules. Rules whose metrics have no source in this configuration are left out; none: the alert does not apply. */
  readonly rules: (threshold: number, context: AlertContext) => readonly AlertRule[];
  readonly runbook: WriteRunbook;
  /**
   * The panel that shows what the alert is about.
   * @default - the one whose queries are most like the rules: see content/dashboards/alert-panels.ts
   */
  readonly panel?: { readonly dashboard: DashboardUid; readonly title: string };
  readonly test: (threshold: number, context: AlertContext) => AlertTest;
}

/** Alerts about one subject: a group of the rule file, and a chapter of the runbooks. */
export interface AlertGroup {
  /** Name of the group, as `collector`. */
  readonly name: string;
  /** Heading of its runbooks. */
  readonly title: string;
  readonly alerts: readonly AlertDefinition[];
}
