/** The overview and the dashboard of a service in the real promtool: what their variables choose, and what they count. */
import { janServerOverview } from '../../../content/dashboards/boards/overview';
import { serviceRed } from '../../../content/dashboards/boards/red';
import { show } from './judging';

const overview = (service: string, series: Readonly<Record<string, string>>) => ({
  dashboard: janServerOverview({ currency: 'USD', models: [] }, true),
  chosen: { service },
  series,
});
const red = (series: Readonly<Record<string, string>>, route = '.*') => ({
  dashboard: serviceRed(undefined, true),
  chosen: { service: 'llm-api', route },
  series,
});
const ALL = '.*';
const NOTHING = {};
const one = (value: number) => ({ '{}': value });

/** Spans of a service: 30 in half a minute are one a second. */
const spans = (labels: string) => `traces_span_metrics_calls_total{${labels}}`;
const requests = (service: string, status: string, more = '') =>
  spans(
    `service_name="${service}",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_${status === '500' ? 'ERROR' : 'UNSET'}",http_response_status_code="${status}"${more}`,
  );
const calls = (service: string, status: string) =>
  spans(`service_name="${service}",span_kind="SPAN_KIND_CLIENT",status_code="STATUS_CODE_${status}"`);

/** Everything that the overview counts, of two services: each is worth another number. */
const TWO = {
  [requests('llm-api', '200')]: '0+90x240',
  [requests('llm-api', '500')]: '0+30x240',
  [requests('shop', '200')]: '0+180x240',
  'gen_ai_client_operation_duration_seconds_count{service_name="llm-api",gen_ai_request_model="m",error_type="500"}':
    '0+30x240',
  'gen_ai_client_operation_duration_seconds_count{service_name="shop",gen_ai_request_model="m"}': '0+90x240',
  'gen_ai_client_token_usage_sum{service_name="llm-api",gen_ai_token_type="input"}': '0+300x240',
  'gen_ai_client_token_usage_sum{service_name="shop",gen_ai_token_type="input"}': '0+30x240',
  'slo:period_error_budget_remaining:ratio{service="llm-api",slo="a"}': '-4x240',
  'slo:period_error_budget_remaining:ratio{service="shop",slo="b"}': '0.5x240',
};

describe('the overview', () => {
  test('counts every service at first', () =>
    show(overview(ALL, TWO), {
      Failing: one(0.1),
      Requests: one(10),
      'Model errors': one(0.25),
      Tokens: one(11),
      'Error budget': one(-4),
      'Failing requests by service': { '{service_name="llm-api"}': 0.25, '{service_name="shop"}': 0 },
    }));

  test.each(['shop', '(shop|cart)'])('and only those that are chosen: %s', (service) =>
    show(overview(service, TWO), {
      Failing: one(0),
      Requests: one(6),
      'Model errors': one(0),
      Tokens: one(1),
      'Error budget': one(0.5),
      'Failing requests by service': { '{service_name="shop"}': 0 },
      Services: { '{service_name="shop"}': 0 },
    }),
  );
});

const alert = (name: string, more = '', severity = 'critical') =>
  `ALERTS{alertname="${name}",alertstate="firing",severity="${severity}"${more}}`;
const WATCHDOG = { [alert('Watchdog', '', 'info')]: '1x240' };
const FIRING = {
  ...WATCHDOG,
  [alert('ServiceErrorRateHigh', ',service_name="llm-api"')]: '1x240',
  [alert('ServiceErrorRateHigh', ',service_name="shop"')]: '1x240',
  [alert('SloErrorBudgetBurnFast', ',service="llm-api",slo="a"')]: '1x240',
  [alert('TargetDown', ',job="llm-api"')]: '1x240',
  [alert('Odd', ',job="llm-api",service="llm-api",service_name="llm-api"')]: '1x240',
  [alert('NodeDiskFull', ',node="n"', 'warning')]: '1x240',
};

describe('firing alerts', () => {
  test('are those of chosen services, and those that name none', async () => {
    await show(overview(ALL, FIRING), { Alerts: one(6) });
    await show(overview('shop', FIRING), { Alerts: one(3) });
  });

  test('of one service have its name in any of three labels, and count once', () =>
    show(red(FIRING), { Alerts: one(4) }));

  test('are 0 only if Prometheus evaluates alerts', async () => {
    await show(overview(ALL, WATCHDOG), { Alerts: one(0) });
    await show(red(WATCHDOG), { Alerts: one(0) });
    // Where Grafana evaluates them, Prometheus has the rules of objectives, and no series of alerts.
    const elsewhere = { 'prometheus_rule_group_rules{rule_group="slo"}': '20x240' };
    await show(overview(ALL, elsewhere), { Alerts: NOTHING });
    await show(red(elsewhere), { Alerts: NOTHING });
  });
});

describe('the dashboard of a service', () => {
  const series = {
    [requests('llm-api', '200', ',http_route="/a"')]: '0+90x240',
    [requests('llm-api', '500', ',http_route="/a"')]: '0+30x240',
    [requests('llm-api', '200')]: '0+30x240',
    [requests('shop', '500', ',http_route="/a"')]: '0+30x240',
    [calls('llm-api', 'ERROR')]: '0+30x240',
    [calls('llm-api', 'UNSET')]: '0+30x240',
    'slo:period_error_budget_remaining:ratio{service="shop",slo="b"}': '0.5x240',
  };

  test('shows requests without a route under a name of their own', () =>
    show(red(series), {
      Failing: one(0.2),
      'Request rate by route': { '{http_route="/a"}': 4, '{without="no route"}': 1 },
      'Error budget': NOTHING,
    }));

  test('shows the requests to a chosen route, and all calls, which have no route', () =>
    show(red(series, '/a'), {
      Failing: one(0.25),
      'Request rate by route': { '{http_route="/a"}': 4 },
      'Failing calls': one(0.5),
    }));
});
