/** The specification of a dashboard, independent of Grafana's JSON: no panel compiles without unit, legend, description and no-data text. */
import type { DashboardUid } from '../../lib/dashboard-uids';

/** A query to Prometheus: one line of a panel, or several lines with different labels. */
export interface Query {
  /** PromQL, which may contain Grafana's variables. A query whose metrics have no source is left out. */
  readonly expr: string;
  /** Text of the legend, as `{{service_name}}`; in a table, the heading of the column. */
  readonly legend: string;
}

/** The target of a click: one of our dashboards, if it is rendered, or a URL. */
export type Link =
  | {
      readonly title: string;
      readonly dashboard: DashboardUid;
      /** Values of the target dashboard's variables. */
      readonly variables?: Readonly<Record<string, string>>;
    }
  | { readonly title: string; readonly url: string };

/** The fields of every panel. */
interface Explained {
  /** Unique in its dashboard: the panel's id is made from it. */
  readonly title: string;
  /** What the numbers mean, where they come from, and what they leave out. */
  readonly description: string;
  /** Shown instead of an empty graph: what to check. Missing data is not zero. */
  readonly noData: string;
  /** Columns of the grid, of 24. @default - by kind */
  readonly width?: 4 | 6 | 8 | 12 | 24;
}

/** A panel that draws numbers. */
interface Numbers extends Explained {
  /** Unit, by Grafana's name: `reqps`, `percentunit`, `s`. */
  readonly unit: string;
  /** At least one. */
  readonly queries: readonly [Query, ...Query[]];
  /** The target of a click on a line or value. @default - none */
  readonly links?: readonly Link[];
  /** Thresholds of the colours for warning and critical. If critical is the lower number, low values are bad. */
  readonly limits?: { readonly warning: number; readonly critical: number };
}

/** Lines over time. */
export interface Lines extends Numbers {
  readonly kind: 'lines';
  /** Whether the lines are parts of a sum. @default false */
  readonly stacked?: boolean;
  /** Whether exemplars are shown, as dots that link to traces. @default false */
  readonly exemplars?: boolean;
  /** Lowest value of the axis; null: chosen by Grafana. @default 0 */
  readonly min?: number | null;
  /** Highest value of the axis. @default - chosen by Grafana */
  readonly max?: number;
}

/** The current value of each series: a stat, a gauge, or a bar gauge. */
export interface Values extends Numbers {
  readonly kind: 'stat' | 'gauge' | 'bars';
  /** Texts for some values, as `{ 0: 'down' }`. @default - none */
  readonly words?: Readonly<Record<number, string>>;
  /** Bounds of a gauge or bar gauge. @default 0 and the largest value */
  readonly min?: number;
  readonly max?: number;
}

/** A table of current values: a row for each set of labels, a column for each query. */
export interface Table extends Numbers {
  readonly kind: 'table';
  /** Labels that become columns, with their headings, in this order. The queries return no other labels. */
  readonly columns: Readonly<Record<string, string>>;
  /** Units of columns that have another than the table's, by heading. @default - none */
  readonly units?: Readonly<Record<string, string>>;
  /** Texts instead of an empty cell, by heading. @default - the cell stays empty */
  readonly empty?: Readonly<Record<string, string>>;
  /** Heading of the column to sort by, in descending order. @default - the order of the response */
  readonly sortBy?: string;
}

/** A heatmap: how many values fall into each bucket of a histogram, over time. */
export interface Heatmap extends Numbers {
  readonly kind: 'heatmap';
}

/** Traces that Jaeger finds. Their columns and units are Jaeger's. */
export interface Traces extends Explained {
  readonly kind: 'traces';
  /** Name of the service, or a variable that has one value, as `$service`. */
  readonly service: string;
  /** Only traces with a span that has all of these tags, in logfmt: `error=true`; a variable may be empty. @default - all */
  readonly tags?: string;
}

/** One trace, as its spans over time. */
export interface Trace extends Explained {
  readonly kind: 'trace';
  /** Its id, or a variable, as `${traceId}`. */
  readonly traceId: string;
}

/** Jaeger's service graph, derived from spans. */
export interface ServiceMap extends Explained {
  readonly kind: 'map';
}

/** A panel with Prometheus queries. */
export type NumberPanel = Lines | Values | Table | Heatmap;
/** One panel. */
export type Panel = NumberPanel | Traces | Trace | ServiceMap;

/** Panels under a heading. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A drop-down of a label's values. A variable that no panel uses is left out. */
export interface Variable {
  readonly name: string;
  /** Text beside the drop-down. */
  readonly label: string;
  readonly description: string;
  /** The label. */
  readonly of: string;
  /** Series with the label: the first one whose metric has a source is used. */
  readonly series: readonly [string, ...string[]];
  /** Whether several can be chosen: queries match with `=~`. One value: queries match with `=`. */
  readonly several: boolean;
  /** The initial value if only one can be selected. @default - the first of the list */
  readonly first?: string;
}

/** A text field. A variable that no panel uses is left out. */
export interface TextVariable {
  readonly kind: 'text';
  readonly name: string;
  /** Text beside the field. */
  readonly label: string;
  readonly description: string;
}

/** An annotation across all graphs of a dashboard. */
export interface Annotation {
  readonly name: string;
  /** PromQL: there is an annotation wherever it has a value. */
  readonly expr: string;
  /** Text of the annotation, which may contain labels, as `{{alertname}}`. */
  readonly text: string;
  readonly colour: 'red' | 'orange';
}

/** A dashboard. */
export interface Dashboard {
  readonly uid: DashboardUid;
  readonly title: string;
  /** What question it answers. */
  readonly description: string;
  readonly tags: readonly string[];
  /** Whether lists of dashboards have it. A dashboard that shows nothing without a value of a link is not listed. @default true */
  readonly listed?: boolean;
  /** How often it is refreshed, as `30s`; an empty text: only by hand. @default '30s' */
  readonly refresh?: string;
  readonly variables: readonly (Variable | TextVariable)[];
  readonly annotations: readonly Annotation[];
  /** Dashboards that this one links to. */
  readonly related: readonly DashboardUid[];
  readonly rows: readonly Row[];
}
