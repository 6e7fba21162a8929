/** Searches in Jaeger: Grafana's datasource sends one service, and Jaeger answers several values in it with an error. */
import { failedTraces, recentTraces } from '../../../content/dashboards/boards/shared-traces';
import { service, services } from '../../../content/dashboards/parts/variables';
import { checkForm } from '../../../content/dashboards/render/form';
import type { Dashboard } from '../../../content/dashboards/spec';
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';

const dashboard = (variable: Dashboard['variables'][number]): Dashboard => ({
  uid: DASHBOARD_UIDS.traces,
  title: 'Traces',
  description: '',
  tags: [],
  variables: [variable],
  annotations: [],
  related: [],
  rows: [
    { title: 'Is it well?', panels: [] },
    { title: 'Which traces show it?', panels: [failedTraces(), recentTraces()] },
  ],
});

test('are for a variable with one value', () => expect(() => checkForm(dashboard(service()))).not.toThrow());

test('are refused for a variable with several values, each panel by its name', () => {
  const check = () => checkForm(dashboard(services));
  expect(check).toThrow(/panel "Recent errors": Jaeger searches one service/);
  expect(check).toThrow(/panel "Recent traces": Jaeger searches one service/);
});
