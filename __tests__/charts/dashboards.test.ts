/** Our own dashboards, as Grafana reads them: what every panel says, where it stands, what it asks, and where its links lead. */

import { Contract } from '../../charts/contract';
import { renderDashboards } from '../../charts/grafana/dashboards';
import { select } from '../../charts/grafana/dashboards/render/select';
import { sloRecordingRules } from '../../charts/slo/rules';
import type { Dashboard, Lines } from '../../charts/grafana/dashboards/spec';
import { queriesOf } from '../../contract/dashboards/queries';
import type { Config } from '../../config/load';
import { EMITTERS, type Emitter } from '../../contract/emitters';
import { parsePromql } from '../../contract/promql/parse';
import { toJson } from '../../lib/config-file';
import { DASHBOARD_UIDS } from '../../lib/dashboard-uids';
import { MAX_OBJECT_BYTES } from '../../lib/limits';
import { configFile, configFrom, fixtures, render } from '../support';

const PRICES = `
grafana:
  prices:
    currency: EUR
    models:
      - {model: janhq/Jan-v1-4B, inputPerMillion: 0.1, outputPerMillion: 0.4}
      - {model: gpt-4o, inputPerMillion: 2.5, outputPerMillion: 10}
`;
/** The contract where everybody emits. */
const allOn = (config: Config) =>
  new Contract(config, sloRecordingRules(config), new Set(Object.keys(EMITTERS) as Emitter[]));
/** The contract of an environment as it is. */
const asItIs = (config: Config) => new Contract(config, sloRecordingRules(config));
const rendered = (text: string, rules = allOn) => {
  const config = configFrom(text);
  return renderDashboards(config, rules(config));
};

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly refId: string; readonly expr?: string; readonly legendFormat?: string }[];
  readonly fieldConfig: {
    readonly defaults: {
      readonly unit?: string;
      readonly noValue?: string;
      readonly links?: readonly { url: string }[];
    };
  };
}
interface File {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly panels: readonly Panel[];
  readonly links: readonly { readonly type: string; readonly url?: string; readonly tags: readonly string[] }[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly query: { readonly query: string } }[];
  };
  readonly annotations: {
    readonly list: readonly { readonly name: string; readonly target: { readonly expr: string } }[];
  };
}

/** What Grafana reads: the JSON, parsed again. */
const files = (text: string): { text: string; file: File }[] =>
  [...rendered(text).values()].map((dashboard) => {
    const json = toJson(dashboard);
    return { text: json, file: JSON.parse(json) as File };
  });

const cases: [string, { text: string; file: File }][] = [
  ['janServer: {}', PRICES],
  ['janServer: null', ''],
].flatMap(([jan, more]) => {
  const all = files(`${jan}\n${more}`);
  return all.map((one): [string, { text: string; file: File }] => [`${one.file.uid} (${jan})`, one]);
});
const withoutStrings = (expr: string) => expr.replace(/"[^"]*"/g, '""');
const panelsOf = ({ panels }: File) => panels.filter(({ type }) => type !== 'row');

describe.each(cases)('%s', (_name, { text, file }) => {
  const panels = panelsOf(file);
  const asked = queriesOf(file).map(({ expr }) => expr);

  test('says on each panel what it shows, in which unit, and what to check where there is nothing', () => {
    expect(panels.length).toBeGreaterThan(0);
    for (const { title, description, fieldConfig, targets } of panels) {
      expect([title, description?.length]).toEqual([title, expect.any(Number)]);
      expect(description?.length).toBeGreaterThan(20);
      expect([title, fieldConfig.defaults.unit]).toEqual([title, expect.stringMatching(/./)]);
      expect([title, fieldConfig.defaults.noValue]).toEqual([title, expect.stringMatching(/.{20}/)]);
      expect([title, targets.length]).not.toEqual([title, 0]);
      for (const { expr, legendFormat } of targets)
        if (expr !== undefined) expect([title, legendFormat]).toEqual([title, expect.stringMatching(/./)]);
    }
    expect(file.description.length).toBeGreaterThan(20);
    expect(file.tags).toContain('cdk8s-observability');
  });

  test('has ids and titles of panels that are different, and panels that do not overlap and fill the grid', () => {
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

  test('asks in PromQL that parses, and never draws missing data as zero', () => {
    expect(asked.filter((expr) => !parsePromql(expr, true).ok)).toEqual([]);
    expect(text).not.toMatch(/or vector\(/);
  });

  test('takes rates over $__rate_interval, or over the time that is shown', () => {
    const ranges = asked.flatMap((expr) =>
      [...withoutStrings(expr).matchAll(/\[([^\]]*)\]/g)].map(([, range]) => range),
    );
    expect(new Set([...ranges, '$__range', '$__rate_interval'])).toEqual(new Set(['$__range', '$__rate_interval']));
  });

  test('defines each variable that it uses, and uses each that it defines', () => {
    const defined = file.templating.list.map(({ name }) => name);
    const used = [...JSON.stringify(panels).matchAll(/\$\{?([A-Za-z_]\w*)/g)]
      .map(([, name]) => name as string)
      .filter((name) => !name.startsWith('__'));
    expect([...new Set(used)].sort()).toEqual([...defined].sort());
  });

  test('names datasources that are provisioned', () => {
    const uids = new Set(panels.map(({ datasource }) => datasource?.uid));
    for (const uid of uids) expect(['prometheus', 'jaeger']).toContain(uid);
  });

  test('links to dashboards that exist, with variables that they have', () => {
    const known = new Map(cases.map(([, one]) => [one.file.uid, one.file.templating.list.map(({ name }) => name)]));
    const links = [
      ...file.links.filter(({ type }) => type === 'link'),
      ...panels.flatMap(({ fieldConfig }) => fieldConfig.defaults.links ?? []),
    ].map(({ url = '' }) => url);
    for (const url of links.filter((address) => !address.startsWith('/explore'))) {
      const [, uid = ''] = /^\/d\/([\w-]+)/.exec(url) ?? [];
      expect([url, [...known.keys()]]).toEqual([url, expect.arrayContaining([uid])]);
      for (const [, name] of url.matchAll(/var-(\w+)=/g)) expect(known.get(uid)).toContain(name);
    }
  });

  test('is smaller than an object of Kubernetes may be', () => {
    expect(Buffer.byteLength(text)).toBeLessThan(MAX_OBJECT_BYTES);
  });
});

describe('what is left out', () => {
  const lines = (title: string, ...exprs: readonly [string, ...string[]]): Lines => {
    const [first, ...others] = exprs.map((expr) => ({ expr, legend: 'value' }));
    if (first === undefined) throw new Error('no query');
    return { kind: 'lines', title, description: '', unit: 's', noData: '', queries: [first, ...others] };
  };
  const dashboard: Dashboard = {
    uid: DASHBOARD_UIDS.nodes,
    title: 'Nodes',
    description: '',
    tags: [],
    related: [],
    variables: [
      { name: 'pod', label: '', description: '', of: 'pod', series: ['off_info', 'on_info'], several: true },
      { name: 'unused', label: '', description: '', of: 'pod', series: ['on_info'], several: true },
    ],
    annotations: [
      { name: 'gone', expr: 'off', text: '', colour: 'red' },
      { name: 'kept', expr: 'on', text: '', colour: 'red' },
    ],
    rows: [
      { title: 'one', panels: [lines('off', 'off_total'), lines('both', 'off_total', 'on_total{pod=~"$pod"}')] },
      { title: 'two', panels: [lines('also off', 'off_bytes')] },
    ],
  };
  const missing = (expr: string) => (expr.includes('off') ? 'nodeExporter' : undefined);

  test('is what nobody emits: queries, then panels, rows, annotations and variables without any', () => {
    const { dashboard: rest, leftOut } = select(dashboard, missing);
    expect(rest?.rows.map(({ title }) => title)).toEqual(['one']);
    expect(rest?.rows[0]?.panels).toEqual([lines('both', 'on_total{pod=~"$pod"}')]);
    expect(rest?.annotations.map(({ name }) => name)).toEqual(['kept']);
    expect(rest?.variables.map(({ name, series }) => [name, series])).toEqual([['pod', ['on_info']]]);
    expect(leftOut).toEqual([
      { title: 'off', missing: 'nodeExporter' },
      { title: 'also off', missing: 'nodeExporter' },
    ]);
  });

  test('is the whole dashboard where no panel is left', () => {
    expect(select(dashboard, () => 'nodeExporter').dashboard).toBeUndefined();
  });

  test('is what is switched off, and links to it', () => {
    const off = 'grafana: {dashboards: {service-red: {enabled: false}}}';
    expect(JSON.stringify([...rendered('')])).toContain('/d/service-red');
    expect([...rendered(off).keys()]).not.toContain('service-red');
    expect(JSON.stringify([...rendered(off)])).not.toContain('/d/service-red');
  });

  test('is left out where the environment has nobody who emits it', () => {
    const uids = [...rendered('', asItIs).keys()];
    expect(uids).not.toContain('nodes');
    expect(uids).toContain('llm-serving');
    expect(JSON.stringify([...rendered('', asItIs)])).not.toMatch(/vllm:|DCGM_|\/d\/nodes/);
    expect([...rendered('janServer: null', asItIs).keys()]).not.toContain('mcp-tools');
  });

  test('is never the source of a variable that panels still use', () => {
    const only = {
      ...dashboard,
      variables: dashboard.variables.map((one) => ({ ...one, series: ['off_info'] as const })),
    };
    expect(() => select(only, missing)).toThrow('panels use $pod, and nobody emits off_info');
  });
});

describe('LLM costs', () => {
  const panels = (text: string) =>
    files(text).flatMap(({ file }) => (file.uid === DASHBOARD_UIDS.llm ? panelsOf(file) : []));

  test('are sums over the models that have a price, in its currency', () => {
    const cost = panels(PRICES).find(({ title }) => title === 'Cost of the time shown');
    expect(cost?.fieldConfig.defaults.unit).toBe('currencyEUR');
    expect(cost?.targets[0]?.expr).toContain('gen_ai_request_model="gpt-4o",gen_ai_token_type="output"');
    expect(cost?.targets[0]?.expr?.split(' or ')).toHaveLength(4);
  });

  test('are not shown without prices, and a model without one has none in the table', () => {
    expect(panels('').filter(({ title }) => title.startsWith('Cost'))).toEqual([]);
    const usage = panels(PRICES).find(({ title }) => title === 'Usage by model');
    expect(JSON.stringify(usage)).toContain('{"id":"noValue","value":"no price"}');
  });
});

test('vLLM is asked by the names of its version', () => {
  const text = (version: string) =>
    JSON.stringify([...rendered(`vllm: {namespace: jan, podLabels: {app: vllm}, version: ${version}}`)]);
  expect(text('0.9.2')).toContain('vllm:gpu_cache_usage_perc');
  expect(text('0.9.2')).not.toContain('vllm:kv_cache_usage_perc');
  expect(text('0.11.2')).toContain('vllm:inter_token_latency_seconds_bucket');
  expect(text('0.11.2')).not.toMatch(/vllm:(gpu_cache_usage_perc|time_per_output_token_seconds)/);
});

test('an expression that is wrong is a problem that names dashboard and panel', () => {
  const contract = allOn(configFrom(''));
  contract.checkPanel('Nodes, panel "CPU"', 'sum(rate(upp[$__rate_interval]))');
  expect(contract.problems([])).toEqual([expect.stringMatching(/Nodes, panel "CPU"[\s\S]*unknown-metric/)]);
});

test('none of the expressions is wrong', () => {
  for (const text of ['janServer: {}', 'janServer: null', 'vllm: {namespace: jan, podLabels: {app: vllm}}']) {
    const contract = allOn(configFrom(text));
    renderDashboards(configFrom(text), contract);
    expect(contract.problems([])).toEqual([]);
  }
});

test('dashboards of one configuration are the same, each time', () => {
  expect(files(PRICES).map(({ text }) => text)).toEqual(files(PRICES).map(({ text }) => text));
});

test('every uid is that of one dashboard', () => {
  const uids = ['janServer: {}', 'janServer: null'].flatMap((text) => [...rendered(text).keys()]);
  expect([...new Set(uids)].sort()).toEqual(Object.values(DASHBOARD_UIDS).sort());
});

test('traces are searched for in the form of the Jaeger datasource', () => {
  const [errors] = files('').flatMap(({ file }) => file.panels.filter(({ title }) => title === 'Recent errors'));
  expect(errors?.targets).toEqual([
    {
      refId: 'A',
      datasource: { type: 'jaeger', uid: 'jaeger' },
      queryType: 'search',
      service: '$service',
      tags: 'error=true',
      limit: 20,
    },
  ]);
});

test.each(fixtures())('Grafana of $name mounts its dashboards', ({ text }) => {
  const dashboards = render(text).filter(({ metadata }) => metadata.name.startsWith('grafana-dashboard-'));
  expect(dashboards.length).toBeGreaterThan(0);
  for (const { metadata } of dashboards) {
    const uid = metadata.name.replace('grafana-dashboard-', '');
    expect(configFile<File>(dashboards, metadata.name, `${uid}.json`).uid).toBe(uid);
  }
});
