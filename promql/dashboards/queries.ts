/** Finds PromQL in a dashboard of Grafana's JSON form, schema version 1. */

/** An expression in a dashboard. */
export interface DashboardQuery {
  /** What shows it: the title of a panel, or the name of a variable or annotation. */
  readonly where: string;
  /** Path in the JSON, as `panels[3].targets[0].expr`. */
  readonly path: string;
  /** PromQL. Of a variable's `label_values(metric, label)` an expression that has those values. */
  readonly expr: string;
  /** Whether it is an instant query, so that the zoom of the panel does not matter. */
  readonly instant: boolean;
}

/** A reference to a datasource. */
export interface DatasourceUse {
  readonly where: string;
  readonly path: string;
  /** Its uid, or in old dashboards its name. */
  readonly uid: string;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

interface Panel {
  readonly panel: Json;
  readonly path: string;
}

/** Every panel: those of rows are nested in the row, or in the old `rows`. */
function panelsOf(node: Json, path: string): readonly Panel[] {
  const nested = ['panels', 'rows'].flatMap((key) =>
    objects(node[key]).map((panel, index) => ({ panel, path: `${path}${key}[${index}]` })),
  );
  return nested.flatMap(({ panel, path: at }) => [{ panel, path: at }, ...panelsOf(panel, `${at}.`)]);
}

/** Whether the datasource of a query, or else that of its panel, may be Prometheus. An unknown type may be. */
function mayBePrometheus(...sources: readonly unknown[]): boolean {
  const source = sources.find((candidate) => candidate !== undefined && candidate !== null && !isMixed(candidate));
  if (typeof source === 'string') return !/loki|tempo|jaeger|elastic|graphite|influx/i.test(source);
  const type = isObject(source) ? text(source.type) : '';
  return type === '' || type.includes('$') || type === 'prometheus' || type.endsWith('-prometheus-datasource');
}

const isMixed = (source: unknown): boolean =>
  source === '-- Mixed --' || (isObject(source) && (source.uid === '-- Mixed --' || source.type === 'mixed'));

/** Every PromQL expression of a dashboard: of panels, annotations and variables. Queries of other datasources are left alone. */
export function queriesOf(dashboard: unknown): readonly DashboardQuery[] {
  if (!isObject(dashboard)) return [];
  return [
    ...panelsOf(dashboard, '').flatMap(ofPanel),
    ...objects(isObject(dashboard.annotations) ? dashboard.annotations.list : undefined).flatMap(ofAnnotation),
    ...objects(isObject(dashboard.templating) ? dashboard.templating.list : undefined).flatMap(ofVariable),
  ];
}

function ofPanel({ panel, path }: Panel): readonly DashboardQuery[] {
  return objects(panel.targets).flatMap((target, index) => {
    const expr = text(target.expr);
    if (expr.trim() === '' || !mayBePrometheus(target.datasource, panel.datasource)) return [];
    const instant = (target.instant === true && target.range !== true) || target.format === 'table';
    return [{ where: text(panel.title), path: `${path}.targets[${index}].expr`, expr, instant }];
  });
}

function ofAnnotation(annotation: Json, index: number): readonly DashboardQuery[] {
  const nested = isObject(annotation.target) ? text(annotation.target.expr) : '';
  const expr = text(annotation.expr) || nested;
  if (expr.trim() === '' || !mayBePrometheus(annotation.datasource)) return [];
  const path = `annotations.list[${index}].${expr === nested ? 'target.expr' : 'expr'}`;
  return [{ where: `annotation ${text(annotation.name)}`, path, expr, instant: false }];
}

function ofVariable(variable: Json, index: number): readonly DashboardQuery[] {
  if (variable.type !== 'query' || !mayBePrometheus(variable.datasource)) return [];
  const query = isObject(variable.query) ? text(variable.query.query) : text(variable.query);
  const expr = variableExpression(query);
  const path = `templating.list[${index}].query`;
  return expr === undefined ? [] : [{ where: `variable ${text(variable.name)}`, path, expr, instant: true }];
}

/**
 * The PromQL of a variable's query; undefined: it has none. `label_values(metric, label)` becomes an expression with those values. The
 * functions are Grafana's own (https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/).
 */
export function variableExpression(query: string): string | undefined {
  const values = /^\s*label_values\(\s*(.+)\s*,\s*([\w$]+)\s*\)\s*$/s.exec(query);
  if (values !== null) return `group by (${values[2]}) (${values[1]})`;
  return /^\s*query_result\((.+)\)\s*$/s.exec(query)?.[1];
}

/** Every datasource that a dashboard names, and where. Those that Grafana has built in are left out. */
export function datasourcesOf(dashboard: unknown): readonly DatasourceUse[] {
  if (!isObject(dashboard)) return [];
  const use = (where: string, path: string, datasource: unknown): readonly DatasourceUse[] => {
    const uid = isObject(datasource) ? text(datasource.uid) : text(datasource);
    return uid === '' || BUILT_IN.has(uid) ? [] : [{ where, path: `${path}.datasource`, uid }];
  };
  const list = (key: string) => objects(isObject(dashboard[key]) ? (dashboard[key] as Json).list : undefined);
  return [
    ...panelsOf(dashboard, '').flatMap(({ panel, path }) => [
      ...use(text(panel.title), path, panel.datasource),
      ...objects(panel.targets).flatMap((target, index) =>
        use(text(panel.title), `${path}.targets[${index}]`, target.datasource),
      ),
    ]),
    ...list('annotations').flatMap((entry, index) =>
      use(text(entry.name), `annotations.list[${index}]`, entry.datasource),
    ),
    ...list('templating').flatMap((entry, index) =>
      use(text(entry.name), `templating.list[${index}]`, entry.datasource),
    ),
  ];
}

const BUILT_IN: ReadonlySet<string> = new Set([
  '-- Mixed --',
  '-- Grafana --',
  '-- Dashboard --',
  'grafana',
  'default',
  '__expr__',
]);

/** Names of the variables that are datasources. */
export const datasourceVariables = (dashboard: unknown): ReadonlySet<string> =>
  new Set(
    objects(isObject(dashboard) && isObject(dashboard.templating) ? dashboard.templating.list : undefined)
      .filter(({ type }) => type === 'datasource')
      .map(({ name }) => text(name)),
  );
