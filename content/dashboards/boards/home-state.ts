/** Panels of the home page: the state of everything, one number each. */
import { DASHBOARD_UIDS, type DashboardUid } from '../../../lib/dashboard-uids';
import { badRatio, ratio } from '../../../metrics/spans';
import { SLO_SERIES } from '../../objectives/budget';
import { COLLECTOR } from '../parts/jobs';
import { BUDGET, FAILING } from '../parts/limits';
import { NO_OBJECTS, NO_SPANS, NOT_RECORDED, NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import { state } from '../parts/state';
import type { Link, Values } from '../spec';
import { UNITS } from '../units';

const to = (title: string, ...dashboards: readonly DashboardUid[]): Link[] =>
  dashboards.map((dashboard) => ({ title, dashboard }));

export const servicesFailing = (): Values =>
  state({
    title: 'Services failing',
    description:
      'Services of whose requests more than 1 % fail now, of those that send spans: 5xx, and fallback answers. 4xx are left out',
    noData: NO_SPANS,
    expr: `sum(${badRatio({ range: RATE })} > bool ${FAILING.warning})`,
    limits: { warning: 1, critical: 1 },
    links: to('Overview', DASHBOARD_UIDS.janServer, DASHBOARD_UIDS.services),
  });

export const lowestBudget = (): Values =>
  state({
    title: 'Lowest budget',
    description: 'What is left of the error budget of the objective that has least. Below 0 the objective is missed',
    noData: NOT_RECORDED,
    expr: `min(${SLO_SERIES.remaining})`,
    unit: UNITS.share,
    limits: BUDGET,
    min: -1,
    links: to('Objectives', DASHBOARD_UIDS.slo),
  });

export const targetsDown = (): Values =>
  state({
    title: 'Targets down',
    description: 'Targets that Prometheus finds and cannot scrape. One that has vanished is an alert, and not counted',
    noData: NOT_SCRAPED,
    expr: 'count(up) - sum(up)',
    limits: { warning: 1, critical: 1 },
    links: to('Targets', DASHBOARD_UIDS.prometheus),
  });

export const podsNotReady = (): Values =>
  state({
    title: 'Pods not ready',
    description: 'Pods that run or are to run, and are not ready, in the namespaces of the stack and of Jan Server',
    noData: NO_OBJECTS,
    expr: 'sum(kube_pod_status_phase{phase=~"Pending|Running|Unknown"}) - sum(kube_pod_status_ready{condition="true"})',
    limits: { warning: 1, critical: 3 },
    links: to('Pods', DASHBOARD_UIDS.workloads),
  });

const spans = (outcome: string) => `sum(rate(otelcol_receiver_${outcome}_spans_total{${COLLECTOR}}[${RATE}]))`;

export const spansRefused = (): Values =>
  state({
    title: 'Spans refused',
    description:
      'Share of the spans that the Collector refuses, because its queue is full or its memory short. Senders send them again, and each time they are counted',
    noData: 'No spans: does any service send to the Collector?',
    expr: ratio(spans('refused'), `(${spans('accepted')} + ${spans('refused')})`),
    unit: UNITS.share,
    limits: { warning: 0.001, critical: 0.01 },
    links: to('Collector', DASHBOARD_UIDS.collector),
  });

export const spansWaiting = (): Values =>
  state({
    title: 'Spans waiting',
    description: 'How full the fullest queue of the Collector is. When it is full, spans are refused',
    noData: NOT_SCRAPED,
    expr: `max(otelcol_exporter_queue_size{${COLLECTOR}} / otelcol_exporter_queue_capacity{${COLLECTOR}})`,
    unit: UNITS.share,
    limits: { warning: 0.5, critical: 0.7 },
    links: to('Collector', DASHBOARD_UIDS.collector),
  });
