/** The queries of the dashboards. */
import { parse } from 'yaml';
import { variableExpression } from '../../promql/dashboards/queries';
import type { ManifestSet } from './manifests';
import { filesOf } from './pod-files';
import { runningImage } from './pods';
import type { Dashboard } from './schemas/grafana';

/** One query of a panel, a variable or an annotation, with Grafana's variables replaced by values. */
export interface Query {
  /** Dashboard and panel. */
  readonly place: string;
  /** The data source's uid; undefined: the default. */
  readonly uid: string | undefined;
  /** PromQL; undefined for a query of traces. */
  readonly expr: string | undefined;
  /** Fields of a query of traces. */
  readonly target: Readonly<Record<string, unknown>>;
}

/** A file that Grafana reads from its mounts. */
export interface GrafanaFile {
  readonly path: string;
  readonly text: string;
}

/** Files of every Grafana with this ending. */
export const grafanaFiles = (set: ManifestSet, ending: string): GrafanaFile[] =>
  runningImage(set, 'grafana').flatMap((program) =>
    [...filesOf(set, program)].filter(([path]) => path.endsWith(ending)).map(([path, text]) => ({ path, text })),
  );

/** Data sources: uid to type and URL. */
export function datasourcesOf(set: ManifestSet): ReadonlyMap<string, { readonly type: string; readonly url: string }> {
  type File = { datasources?: readonly { uid: string; type: string; url: string }[] };
  const all = grafanaFiles(set, '.yaml').flatMap(({ text }) => (parse(text) as File).datasources ?? []);
  return new Map(all.map(({ uid, type, url }) => [uid, { type, url }]));
}

/** The dashboards, by their path. */
export const dashboardsOf = (set: ManifestSet): ReadonlyMap<string, Dashboard> =>
  new Map(grafanaFiles(set, '.json').map(({ path, text }) => [path, JSON.parse(text) as Dashboard]));

/** https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#global-variables */
const GLOBAL: Readonly<Record<string, string>> = {
  __rate_interval: '5m',
  __interval: '1m',
  __range: '1h',
};

/** A text with each `$name`, `${name}` and `${name:format}` replaced. */
const filledIn = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\$(?:\{(\w+)(?::\w+)?\}|(\w+))/g, (all, braced, plain) => values[braced ?? plain] ?? all);

type Panel = Dashboard['panels'][number];

/** Every query of a dashboard. @param variables values of its own variables */
export function queriesOf(dashboard: Dashboard, variables: Readonly<Record<string, string>>): Query[] {
  const values = { ...GLOBAL, ...variables };
  const ofPanel = (panel: Panel): Query[] => [
    ...(panel.targets ?? []).map((target) => ({
      place: `${dashboard.uid}, panel ${panel.id}`,
      uid: target.datasource?.uid ?? panel.datasource?.uid,
      expr: target.expr === undefined ? undefined : filledIn(target.expr, values),
      target: Object.fromEntries(
        Object.entries(target).map(([key, value]) => [
          key,
          typeof value === 'string' ? filledIn(value, values) : value,
        ]),
      ),
    })),
    ...((panel.panels ?? []) as Panel[]).flatMap(ofPanel),
  ];
  return [
    ...variableQueries(dashboard, values),
    ...annotationQueries(dashboard, values),
    ...dashboard.panels.flatMap(ofPanel),
  ];
}

function variableQueries({ uid, templating }: Dashboard, values: Readonly<Record<string, string>>): Query[] {
  type Variable = { name: string; type: string; datasource?: { uid: string }; query?: { query?: string } | string };
  return ((templating?.list ?? []) as readonly Variable[])
    .filter(({ type }) => type === 'query')
    .map(({ name, datasource, query }) => {
      const text = (typeof query === 'object' ? query.query : query) ?? '';
      const expr = filledIn(variableExpression(text) ?? text, values);
      return { place: `${uid}, variable ${name}`, uid: datasource?.uid, expr, target: {} };
    });
}

/** Annotations. The older form has the expression beside `target`. */
function annotationQueries({ uid, annotations }: Dashboard, values: Readonly<Record<string, string>>): Query[] {
  return (annotations?.list ?? []).flatMap(({ name, datasource, expr, target }) => {
    const query = target?.expr ?? expr;
    if (query === undefined) return [];
    const place = `${uid}, annotation ${name}`;
    return [{ place, uid: datasource?.uid, expr: filledIn(query, values), target: {} }];
  });
}
