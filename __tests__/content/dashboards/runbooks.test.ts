/** The runbooks in Grafana: a page for each alert with the settings of the environment, none of it cut off, and a short list of all. */
import { runbookPage } from '../../../content/dashboards/runbooks/page';
import { withReferences } from '../../../content/runbooks/references';
import { MAX_OBJECT_BYTES } from '../../../lib/limits';
import { appsOf } from '../../../stack/apps';
import { manifestsOf } from '../../../stack/checks/manifest';
import { allStacks, isRunbooks, stackFrom } from '../../support';
import { FULLEST } from '../runbooks/fullest';
import { dashboardsIn, heightOfPage, type PageFile } from './runbook-pages';

/** With every alert, and names as people choose them. */
const FULL = FULLEST.replace(/x{64}/g, 'sre').replace(/x{5,}/g, '');

const pageOf = (text: string, alert: string): PageFile => {
  const found = dashboardsIn(stackFrom(text)).get(`runbook-${alert}`);
  if (found === undefined) throw new Error(`${alert} has no page`);
  return found.file;
};
const textOf = ({ panels }: PageFile) => panels.find(({ type }) => type === 'text')?.options?.content ?? '';

const CHANGED = `
alerts:
  owners: { platform: sre }
  rules: { CollectorQueueFills: { threshold: 55, for: 7m, severity: critical }, ServiceLatencyHigh: { threshold: 8 } }
`;

test('the head of a page says how the alert is set here', () => {
  const page = pageOf(CHANGED, 'CollectorQueueFills');
  expect(textOf(page)).toMatch(/^Severity critical, owner sre, fires after 7m\. Threshold: 55 percent\.\n/);
  expect(JSON.stringify(page.panels.find(({ type }) => type === 'stat'))).toContain('{"color":"red","value":1}');
});

test('the text of a page has the threshold of the environment', () => {
  expect(textOf(pageOf(CHANGED, 'ServiceLatencyHigh'))).toContain('Min Duration 8s');
});

test('an alert that lasts longer says so', () => {
  const { alerts } = stackFrom('alerts: { rules: { TargetDown: { for: 20m } } }').rules;
  const [rule] = alerts.find(({ definition }) => definition.name === 'TargetDown')?.rules ?? [];
  expect(rule?.description).toBe('Prometheus has had no metrics from this target for 20 minutes.');
});

test('a page asks for its own alert only, and links to what shows the metric', () => {
  const page = pageOf('', 'CollectorQueueFills');
  const asked = page.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  expect(asked).toEqual([
    'count(ALERTS{alertname="CollectorQueueFills",alertstate="firing"})',
    'ALERTS{alertname="CollectorQueueFills"} * ignoring (alertstate) group_left () ALERTS_FOR_STATE{alertname="CollectorQueueFills"} * 1000',
  ]);
  expect(page.links.map(({ url }) => url)).toEqual([
    expect.stringMatching(/^\/d\/otel-collector\?viewPanel=panel-\d+$/),
    '/d/alerting',
    '/d/runbooks',
  ]);
});

test('where Grafana evaluates the alerts, a page has its list of them, and asks Prometheus for no alerts', () => {
  const page = pageOf('alerts: {evaluatedBy: grafana}\nalertmanager: {enabled: false}', 'CollectorQueueFills');
  expect(page.panels.find(({ type }) => type === 'alertlist')?.options?.alertName).toBe('CollectorQueueFills');
  expect(JSON.stringify(page)).not.toContain('ALERTS');
});

test('an alert that no dashboard shows has a graph of its rule on its page', () => {
  const { panels, links } = pageOf('', 'GrafanaErrors');
  const graph = panels.find(({ type }) => type === 'timeseries');
  expect(graph?.targets?.map(({ expr }) => expr)).toEqual([
    'sum by (pod) (rate(grafana_http_request_duration_seconds_count{job="grafana",status_code=~"5.."}[10m])) / sum by (pod) (rate(grafana_http_request_duration_seconds_count{job="grafana"}[10m]))',
  ]);
  expect(JSON.stringify(graph)).toContain('{"color":"red","value":0.05}');
  expect(JSON.stringify(graph)).toContain('"unit":"percentunit"');
  expect(links.map(({ title }) => title)).toEqual(['Alerts', 'All runbooks']);
});

test('a runbook that names another links to it, and commands stay as they are', () => {
  expect(textOf(pageOf('', 'TargetDown'))).toContain('see the runbook [ScrapeLimitHit](/d/runbook-ScrapeLimitHit).');
  expect(textOf(pageOf('alerts: {rules: {ScrapeLimitHit: {enabled: false}}}', 'TargetDown'))).not.toContain(
    '/d/runbook',
  );
  const text = 'See ScrapeLimitHit, OpenTelemetry and `ScrapeLimitHit`.\n\n```bash\necho ScrapeLimitHit\n```';
  expect(withReferences(text, (name) => (name === 'ScrapeLimitHit' ? 'a.md' : undefined))).toBe(
    text.replace('See ScrapeLimitHit', 'See [ScrapeLimitHit](a.md)'),
  );
});

test('pages do not link to a dashboard that is off', () => {
  const off = 'grafana: {dashboards: {alerting: {enabled: false}}}';
  expect(JSON.stringify(pageOf(off, 'CollectorQueueFills').links)).not.toContain('/d/alerting');
  expect(JSON.stringify(dashboardsIn(stackFrom(off)).get('runbooks'))).not.toContain('/d/alerting');
});

test('an alert whose name is too long for a uid is refused', () => {
  const { rules, places } = stackFrom('');
  const [alert] = rules.alerts;
  if (alert === undefined) throw new Error('no alert');
  const named = (name: string) => ({ ...alert, definition: { ...alert.definition, name } });
  const context = { at: places, panels: new Map(), dashboards: new Set<string>(), pages: new Set<string>() };
  expect(runbookPage(named('A'.repeat(32)), context).uid).toHaveLength(40);
  expect(() => runbookPage(named('A'.repeat(33)), context)).toThrow(/has 33 characters, and may have 32[\s\S]*Shorten/);
});

test('published elsewhere, there are no pages', () => {
  const uids = [...dashboardsIn(stackFrom("alerts: {runbookUrl: 'https://git.example.com/runbooks/'}")).keys()];
  expect(uids.filter((uid) => uid.startsWith('runbook'))).toEqual([]);
});

test('the pages of all alerts, with the longest names, are in a few objects with room for more', () => {
  const stack = stackFrom(FULLEST);
  expect(stack.rules.alerts.flatMap(({ off, definition }) => (off === null ? [] : [definition.name]))).toEqual([]);
  const sizes = manifestsOf(appsOf(stack))
    .filter(isRunbooks)
    .map((manifest) => Buffer.byteLength(JSON.stringify(manifest)));
  expect(sizes.length).toBeLessThanOrEqual(6);
  expect(Math.max(...sizes)).toBeLessThan(0.6 * MAX_OBJECT_BYTES);
});

test('an alert stays in its object, whichever other alerts there are', () => {
  const [few, all] = [dashboardsIn(stackFrom('janServer: null')), dashboardsIn(stackFrom(FULLEST))];
  const pages = [...few].filter(([uid]) => uid.startsWith('runbook-'));
  expect(pages.length).toBeGreaterThan(50);
  expect(pages.map(([uid, { configMap }]) => [uid, configMap])).toEqual(
    pages.map(([uid]) => [uid, all.get(uid)?.configMap]),
  );
});

test('the list of every alert fits on two screens', () => {
  const list = dashboardsIn(stackFrom(FULL)).get('runbooks')?.file;
  expect(list && heightOfPage(list)).toBeLessThanOrEqual(52);
});

/** Pixels of lines that are not text: headings with the margin below them, and the two edges of a block of code. */
const EDGES: Readonly<Record<string, number>> = { '##': 39, '####': 30, '```': 11 };

/**
 * The least height of a text in units of the grid, counted line by line, in another way than the one that is tested: lines of 22 pixels with
 * 16 between paragraphs, code of 19, and 100 characters in a line across 16 columns.
 */
function leastHeight(markdown: string, columns: number): number {
  const width = (100 * columns) / 16;
  let isCode = false;
  const pixels = markdown.split('\n').map((line, index, all) => {
    const [edge = ''] = line.match(/^(#+|```)/) ?? [];
    if (edge === '```') isCode = !isCode;
    if (EDGES[edge] !== undefined) return EDGES[edge];
    if (line === '') return all[index - 1]?.startsWith('#') ? 0 : 16;
    return Math.ceil(line.replace(/\]\([^)]*\)/g, ']').length / width) * (isCode ? 19 : 22);
  });
  return (pixels.reduce((sum, height) => sum + height, 0) + 48) / 38;
}

const environments = [
  ...allStacks(),
  { name: 'everything', stack: stackFrom(FULL) },
  { name: 'everything, with the longest names', stack: stackFrom(FULLEST) },
].filter(({ stack }) => dashboardsIn(stack).has('runbooks'));

describe.each(environments)('$name', ({ stack }) => {
  const dashboards = dashboardsIn(stack);
  const pages = [...dashboards.values()].flatMap(({ file }) => (/^runbook(s$|-)/.test(file.uid) ? [file] : []));
  const on = stack.rules.alerts.filter(({ off }) => off === null).map(({ definition }) => definition.name);

  test('each alert that is on has a page, and the list links to it', () => {
    const ofAlerts = pages.filter(({ uid }) => uid !== 'runbooks');
    expect(ofAlerts.map(({ title }) => title).sort()).toEqual([...on].sort());
    const list = pages.find(({ uid }) => uid === 'runbooks')?.panels.map(({ options }) => options?.content) ?? [];
    const linked = [...list.join('\n').matchAll(/\[(\w+)\]\(\/d\/runbook-(\w+)\)/g)];
    expect(linked.map(([, name]) => name)).toEqual(on);
    expect(linked.map(([, , page]) => page)).toEqual(on);
  });

  test('the runbook_url of each rule leads to the page of its own alert', () => {
    const rules = stack.rules.groups.flatMap((group) => group.rules.flatMap((rule) => ('alert' in rule ? [rule] : [])));
    for (const { alert, annotations } of rules) {
      const uid = annotations.runbook_url?.split('/d/')[1] ?? '';
      expect([alert, dashboards.get(uid)?.file.title]).toEqual([alert, alert]);
    }
  });

  test('no text is cut, and none leaves much of its panel empty', () => {
    for (const { uid, panels } of pages) {
      for (const { type, gridPos, options: { content = '' } = {} } of panels.filter((panel) => panel.type === 'text')) {
        const least = leastHeight(content, gridPos.w);
        expect([uid, type, gridPos.h >= least, gridPos.h <= 1.5 * least + 2]).toEqual([uid, type, true, true]);
      }
    }
  });

  test('panels have ids of their own and do not overlap', () => {
    for (const { uid, panels } of pages) {
      const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
      );
      expect([uid, new Set(cells).size]).toEqual([uid, cells.length]);
      expect([uid, new Set(panels.map(({ id }) => id)).size]).toEqual([uid, panels.length]);
      expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBeLessThanOrEqual(24);
    }
  });

  test('links are at the top and not in a menu, and lead to dashboards that are there', () => {
    for (const { links } of pages) {
      expect(links.filter(({ placement }) => placement !== undefined)).toEqual([]);
      for (const { url } of links)
        if (url !== undefined) expect([...dashboards.keys()]).toContain(url.match(/^\/d\/([\w-]+)/)?.[1]);
    }
  });

  test('references lead to pages that are there', () => {
    const linked = pages.flatMap((page) => [...textOf(page).matchAll(/\]\(\/d\/([\w-]+)\)/g)].map(([, uid]) => uid));
    expect(linked.filter((uid) => !dashboards.has(uid ?? ''))).toEqual([]);
  });

  test('pages are not among the dashboards that a list of all shows', () => {
    const listed = [...dashboards.values()].filter(({ file }) => file.tags.includes('cdk8s-observability'));
    expect(listed.filter(({ file }) => file.uid.startsWith('runbook-'))).toEqual([]);
  });
});
