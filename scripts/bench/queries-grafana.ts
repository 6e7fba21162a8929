/** The queries of panels as Grafana sends them: variables at their defaults, and the step of a panel of its width. */
import { dashboardsOf, datasourcesOf, queriesOf } from '../../lab/conformance/dashboards';
import type { ManifestSet } from '../../lab/conformance/manifests';
import type { Dashboard } from '../../lab/conformance/schemas/grafana';

/** Seconds of the time range. */
export const SHOWN_SECONDS = 6 * 3600;

/** A query, and the first panel that sends it. */
export interface PanelQuery {
  readonly environment: string;
  /** Title of the dashboard, and of the panel. */
  readonly dashboard: string;
  readonly panel: string;
  readonly expr: string;
  /** Seconds between the points of the range; undefined: an instant query at the end of it. */
  readonly step: number | undefined;
  /** Panels that send the same query. */
  readonly panels: number;
}

/** Width of a dashboard on a screen of 1,920 pixels, in pixels for each of its 24 columns. A panel asks for a point for each pixel. */
const COLUMN = 1920 / 24;

/** Steps up to a length, in seconds: Grafana rounds to them (pkg/components/gtime, RoundInterval, of Grafana 13). */
const STEPS: readonly (readonly [below: number, step: number])[] = [
  [12.5, 10],
  [17.5, 15],
  [25, 20],
  [45, 30],
  [90, 60],
  [210, 120],
  [450, 300],
];

/** The step of a panel of six hours. @param scrape the datasource's interval, the shortest step */
function stepOf(columns: number, scrape: number): number {
  const exact = SHOWN_SECONDS / (columns * COLUMN);
  return Math.max(scrape, STEPS.find(([below]) => exact < below)?.[1] ?? 600);
}

/** `$__rate_interval` (pkg/promlib/models/query.go, calculateRateInterval). */
const rateInterval = (step: number, scrape: number) => Math.max(step + scrape, 4 * scrape);

interface Variable {
  readonly name: string;
  readonly allValue?: string | null;
  readonly current?: { readonly value?: string };
}

/** Variables as they are when a dashboard is opened. @throws Error for one without a default */
const defaultsOf = ({ uid, templating }: Dashboard): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ((templating?.list ?? []) as readonly Variable[]).map(({ name, allValue, current }) => {
      const value = current?.value === '$__all' ? allValue : current?.value;
      if (value === undefined || value === null) throw new Error(`variable ${name} of ${uid} has no default`);
      return [name, value];
    }),
  );

type Panel = Dashboard['panels'][number];

const flat = (panels: readonly Panel[]): readonly Panel[] =>
  panels.flatMap((panel) => [panel, ...flat((panel.panels ?? []) as Panel[])]);

/** Every query of every panel that goes to Prometheus, once. @throws Error for a panel with another interval than the datasource's */
export function panelQueries(set: ManifestSet, scrape: number): readonly PanelQuery[] {
  const datasources = datasourcesOf(set);
  const found = new Map<string, PanelQuery>();
  for (const dashboard of dashboardsOf(set).values()) {
    for (const panel of flat(dashboard.panels)) {
      if (panel.maxDataPoints !== undefined || panel.interval !== undefined)
        throw new Error(`panel ${panel.title} of ${dashboard.uid} sets its own step`);
      for (const one of queriesOfPanel(set.environment, dashboard, panel, scrape)) {
        if (datasources.get(one.uid ?? '')?.type !== 'prometheus') continue;
        const key = `${one.query.step} ${one.query.expr}`;
        found.set(key, { ...(found.get(key) ?? one.query), panels: (found.get(key)?.panels ?? 0) + 1 });
      }
    }
  }
  return [...found.values()];
}

function queriesOfPanel(environment: string, dashboard: Dashboard, panel: Panel, scrape: number) {
  const step = stepOf(panel.gridPos.w, scrape);
  const values = {
    ...defaultsOf(dashboard),
    __interval: `${step}s`,
    __rate_interval: `${rateInterval(step, scrape)}s`,
    __range: `${SHOWN_SECONDS}s`,
    __range_s: `${SHOWN_SECONDS}`,
  };
  const alone: Dashboard = {
    ...dashboard,
    templating: undefined,
    annotations: undefined,
    panels: [{ ...panel, panels: [] }],
  };
  return queriesOf(alone, values).flatMap(({ uid, expr, target }) =>
    expr === undefined
      ? []
      : [
          {
            uid,
            query: {
              environment,
              dashboard: dashboard.title,
              panel: `${panel.title}`,
              expr,
              step: target.instant === true ? undefined : step,
              panels: 1,
            },
          },
        ],
  );
}
