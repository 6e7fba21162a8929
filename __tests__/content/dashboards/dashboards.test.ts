/** Our own dashboards: what every panel says, where it stands, what it asks, and where its links lead. */

import { DASHBOARD_UIDS, RUNBOOK_UID_PREFIX } from '../../../lib/dashboard-uids';
import { MAX_OBJECT_BYTES } from '../../../lib/limits';
import { queriesOf } from '../../../promql/dashboards/queries';
import { parsePromql } from '../../../promql/parse';
import { configFile, fixtures, render } from '../../support';
import { type File, files, PRICES, panelsOf, rendered } from './dashboard-files';

const cases: [string, { text: string; file: File }][] = [
  ['janServer: {}', PRICES],
  ['janServer: null', ''],
].flatMap(([jan, more]) => {
  const all = files(`${jan}\n${more}`);
  return all.map((one): [string, { text: string; file: File }] => [`${one.file.uid} (${jan})`, one]);
});
/** A recorded rate: its mean over a step is the rate over that step. */
const RECORDED_RATE = /avg_over_time\(\w+:\w+:rate(\{[^}]*\})?\[\$__interval\]/g;
const withoutStrings = (expr: string) => expr.replace(/"[^"]*"/g, '""');

describe.each(cases)('%s', (_name, { text, file }) => {
  const panels = panelsOf(file);
  const asked = queriesOf(file).map(({ expr }) => expr);

  test('every panel has a description, a unit, and a text for no data', () => {
    expect(panels.length).toBeGreaterThan(0);
    for (const { type, title, description, fieldConfig, targets } of panels) {
      expect([title, description?.length]).toEqual([title, expect.any(Number)]);
      expect(description?.length).toBeGreaterThan(20);
      expect([title, fieldConfig.defaults.unit]).toEqual([title, expect.stringMatching(/./)]);
      // A stat or a bar has no room for the sentence: it is in the description.
      const isSmall = type === 'stat' || type === 'bargauge';
      expect([title, isSmall ? description : fieldConfig.defaults.noValue]).toEqual([
        title,
        expect.stringMatching(isSmall ? /Without data: .{20}/ : /.{20}/),
      ]);
      expect([title, targets.length]).not.toEqual([title, 0]);
      for (const { expr, legendFormat } of targets)
        if (expr !== undefined) expect([title, legendFormat]).toEqual([title, expect.stringMatching(/./)]);
    }
    expect(file.description.length).toBeGreaterThan(20);
    expect(file.tags.includes('cdk8s-observability')).toBe(file.uid !== DASHBOARD_UIDS.trace);
  });

  test('panel ids and titles are unique, and panels fill the grid without overlap', () => {
    const { panels: all } = file;
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    const cells = all.flatMap(({ gridPos: { x, y, w, h } }) => {
      expect(x + w).toBeLessThanOrEqual(24);
      return Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
    });
    const height = Math.max(...all.map(({ gridPos: { y, h } }) => y + h));
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells.length).toBe(24 * height);
  });

  test('queries parse, and none draws missing data as zero', () => {
    expect(asked.filter((expr) => !parsePromql(expr, true).ok)).toEqual([]);
    expect(text).not.toMatch(/or vector\(/);
  });

  test('rates are over $__rate_interval or $__range, and recorded ones over a step', () => {
    const ranges = asked.flatMap((expr) =>
      [
        ...withoutStrings(expr)
          .replaceAll(RECORDED_RATE, '')
          .matchAll(/\[([^:\]]*)(?::[^\]]*)?\]/g),
      ].map(([, range]) => range),
    );
    expect(new Set([...ranges, '$__range', '$__rate_interval'])).toEqual(new Set(['$__range', '$__rate_interval']));
  });

  test('variables are defined if they are used, and used if they are defined', () => {
    const defined = file.templating.list.map(({ name }) => name);
    const used = [...JSON.stringify(panels).matchAll(/\$\{?([A-Za-z_]\w*)/g)]
      .map(([, name]) => name as string)
      .filter((name) => !name.startsWith('__'));
    expect([...new Set(used)].sort()).toEqual([...defined].sort());
  });

  test('datasources are provisioned ones', () => {
    const uids = new Set(panels.map(({ datasource }) => datasource?.uid));
    for (const uid of uids) expect(['prometheus', 'jaeger']).toContain(uid);
  });

  test('links lead to dashboards that exist, with variables that these have', () => {
    const known = new Map<string, readonly string[]>(
      cases.map(([, one]) => [one.file.uid, one.file.templating.list.map(({ name }) => name)]),
    );
    // It is made from the alerts, and rendered apart.
    known.set(DASHBOARD_UIDS.runbooks, []);
    // The name of an alert follows, from the row that is clicked.
    known.set(RUNBOOK_UID_PREFIX, []);
    const links = [
      ...file.links.filter(({ type }) => type === 'link'),
      ...panels.flatMap(({ fieldConfig }) => fieldConfig.defaults.links ?? []),
    ].map(({ url = '' }) => url);
    for (const url of links) {
      const [, uid = ''] = /^\/d\/([\w-]+)/.exec(url) ?? [];
      expect([url, [...known.keys()]]).toEqual([url, expect.arrayContaining([uid])]);
      for (const [, name] of url.matchAll(/var-(\w+)=/g)) expect(known.get(uid)).toContain(name);
    }
  });

  test('the JSON fits into an object of Kubernetes', () => {
    expect(Buffer.byteLength(text)).toBeLessThan(MAX_OBJECT_BYTES);
  });
});

test('rendering is deterministic', () => {
  expect(files(PRICES).map(({ text }) => text)).toEqual(files(PRICES).map(({ text }) => text));
});

test('DASHBOARD_UIDS lists every dashboard once', () => {
  const uids = ['janServer: {}', 'janServer: null'].flatMap((text) => [...rendered(text).keys()]);
  expect([...new Set([...uids, DASHBOARD_UIDS.runbooks])].sort()).toEqual(Object.values(DASHBOARD_UIDS).sort());
});

test.each(fixtures())('Grafana of $name mounts its dashboards', ({ text }) => {
  const dashboards = render(text).filter(({ metadata }) => metadata.name.startsWith('grafana-dashboard-'));
  expect(dashboards.length).toBeGreaterThan(0);
  for (const { metadata } of dashboards) {
    const uid = metadata.name.replace('grafana-dashboard-', '');
    expect(configFile<File>(dashboards, metadata.name, `${uid}.json`).uid).toBe(uid);
  }
});
