import type { Component } from '../charts/common/component';
import { targetAlerts } from '../charts/prometheus/alerts/targets';
import { watchdogAlerts } from '../charts/prometheus/alerts/watchdog';
import type { AlertGroup } from '../content/alerts/alert';
import { spanAlerts } from '../content/alerts/services';
import { SLO_ALERTS } from '../content/objectives/alerts';
import { COMPONENTS_IN_ORDER } from './settings';

const alertsOf = (kind: Component['kind']): readonly AlertGroup[] =>
  COMPONENTS_IN_ORDER.filter((component) => (component.kind ?? 'program') === kind).flatMap(
    ({ alerts }) => alerts ?? [],
  );

/** Every alert on the stack itself and on what it runs on, in the order of the rule file. */
export const STACK_ALERTS: readonly AlertGroup[] = [watchdogAlerts, targetAlerts, ...alertsOf('program')];

/** Every alert that there is, in the order of the rule file and of the documentation: on the stack itself first, then on what it watches. */
export const ALERT_GROUPS: readonly AlertGroup[] = [...STACK_ALERTS, spanAlerts, ...alertsOf('watched'), SLO_ALERTS];
