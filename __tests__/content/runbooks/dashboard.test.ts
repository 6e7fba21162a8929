/** The dashboard Runbooks: pages with the settings of the environment, in an object that Kubernetes takes. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { MAX_OBJECT_BYTES } from '../../../lib/limits';
import { appsOf } from '../../../stack/apps';
import { manifestsOf } from '../../../stack/checks/manifest';
import { configFile, find, render, stackFrom } from '../../support';
import { FULLEST } from './fullest';

const NAME = 'grafana-dashboard-runbooks';

/** The text of an alert's panel. */
function pageOf(text: string, alert: string): string {
  const { panels = [] } = configFile<Dashboard>(render(text), NAME, 'runbooks.json');
  const panel = panels.find(({ title }) => title === alert);
  return (panel as { readonly options?: { readonly content?: string } } | undefined)?.options?.content ?? '';
}

const CHANGED = `
alerts:
  owners: { platform: sre }
  rules: { CollectorQueueFills: { threshold: 55, for: 7m, severity: critical }, ServiceLatencyHigh: { threshold: 8 } }
`;

test('the head of a page says how the alert is set here', () => {
  expect(pageOf(CHANGED, 'CollectorQueueFills')).toMatch(
    /^Severity critical, owner sre, fires after 7m\. Threshold: 55 percent\.\n/,
  );
});

test('the text of a page has the threshold of the environment', () => {
  expect(pageOf(CHANGED, 'ServiceLatencyHigh')).toContain('Min Duration 8s');
});

test('an alert that lasts longer says so', () => {
  const { alerts } = stackFrom('alerts: { rules: { TargetDown: { for: 20m } } }').rules;
  const [rule] = alerts.find(({ definition }) => definition.name === 'TargetDown')?.rules ?? [];
  expect(rule?.description).toBe('Prometheus has had no metrics from this target for 20 minutes.');
});

test('the pages of all alerts, with the longest names, are one object', () => {
  const stack = stackFrom(FULLEST);
  const off = stack.rules.alerts.filter((alert) => alert.off !== null);
  expect(off.map(({ definition }) => definition.name)).toEqual([]);
  const size = Buffer.byteLength(JSON.stringify(find(manifestsOf(appsOf(stack)), 'ConfigMap', NAME)));
  expect(size).toBeLessThan(MAX_OBJECT_BYTES);
});
