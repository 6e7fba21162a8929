/** The home page: is everything well, since when, what changed, and where to look. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import type { ContentSettings } from '../../settings';
import { DEPLOYED, REFUSED } from '../parts/annotations';
import type { Dashboard, Panel } from '../spec';
import { firing, inGrafana } from './alerting-firing';
import { bySeverity, firingNow } from './alerting-now';
import { images } from './home-changes';
import { budgets, failing, requests, services, slow } from './home-services';
import { programs, received } from './home-stack';
import { lowestBudget, podsNotReady, servicesFailing, spansRefused, spansWaiting, targetsDown } from './home-state';

type Settings = Pick<ContentSettings, 'alerts' | 'namespace' | 'nodeExporter' | 'grafana'>;

const ALERTS = [{ title: 'Alerts', dashboard: DASHBOARD_UIDS.alerting }];

/** Every alert, whatever it is about. */
const ALL = '';

/** "Home". @param hasSlos whether objectives are recorded */
export function home(settings: Settings, hasSlos: boolean): Dashboard {
  const { alerts } = settings;
  // Prometheus has no series of alerts that Grafana evaluates: a count of them would be zero.
  const inPrometheus = (...panels: readonly Panel[]) => (alerts.evaluatedBy === 'prometheus' ? panels : []);
  const ofObjectives = (panel: Panel) => (hasSlos ? [panel] : []);
  return {
    uid: DASHBOARD_UIDS.home,
    title: 'Home',
    description: 'Is everything well, since when, what changed, and where to look',
    tags: ['home'],
    variables: [],
    annotations: [DEPLOYED, REFUSED],
    related: [
      DASHBOARD_UIDS.janServer,
      DASHBOARD_UIDS.services,
      DASHBOARD_UIDS.llm,
      DASHBOARD_UIDS.red,
      DASHBOARD_UIDS.traces,
      DASHBOARD_UIDS.slo,
      DASHBOARD_UIDS.alerting,
      DASHBOARD_UIDS.workloads,
      DASHBOARD_UIDS.collector,
    ],
    rows: [
      {
        title: 'Is everything well?',
        panels: [
          servicesFailing(),
          ...inPrometheus(firingNow('critical', ALL, ALERTS), firingNow('warning', ALL, ALERTS)),
          ...ofObjectives(lowestBudget()),
          targetsDown(),
          podsNotReady(),
          spansRefused(),
          spansWaiting(),
        ],
      },
      {
        title: 'What is not well?',
        panels: [
          services(),
          { ...(alerts.evaluatedBy === 'grafana' ? inGrafana() : firing(alerts, { matchers: ALL })), width: 11 },
          ...ofObjectives(budgets()),
        ],
      },
      { title: 'Since when?', panels: [failing(), slow(), ...inPrometheus(bySeverity(ALL))] },
      { title: 'What changed?', panels: [requests(), images()] },
      { title: 'Is the stack itself well?', panels: [programs(settings), received()] },
    ],
  };
}
