/** The specification of a dashboard, independent of Grafana's JSON: no panel compiles without unit, legend, description and no-data text. */
import type { DashboardUid } from '../../lib/dashboard-uids';
import type { Unit } from './units';

/** A query to Prometheus: one line of a panel, or several lines with different labels. */
export interface Query {
  /** PromQL, which may contain Grafana's variables. A query whose metrics have no source is left out. */
  readonly expr: string;
  /** Text of the legend, as `{{service_name}}`; in a table, the heading of the column. */
  readonly legend: string;
  /** Drawn below the axis, as what is sent below what is received. @default false */
  readonly below?: boolean;
  /** A bound rather than a measurement, drawn as a dashed line. @default false */
  readonly bound?: boolean;
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
  /**
   * What to check where there is no data: missing data is not zero. A graph or a table shows it; a stat has no room for it, so that it says
   * "no data" and has this text in its description.
   */
  readonly noData: string;
  /** Columns of the grid, of 24. @default - panels of a row share their line evenly */
  readonly width?: number;
}

/** Thresholds of the colours for warning and critical. If critical is the lower number, low values are bad. */
export interface Limits {
  readonly warning: number;
  readonly critical: number;
}

/** A panel that draws numbers. */
interface Numbers extends Explained {
  readonly unit: Unit;
  /** At least one. */
  readonly queries: readonly [Query, ...Query[]];
  /** The target of a click on a line or value; in a table, on the first column. @default - none */
  readonly links?: readonly Link[];
}

/** Lines over time. */
export interface Lines extends Numbers {
  readonly kind: 'lines';
  /** Drawn as dashed lines. @default - none */
  readonly limits?: Limits;
  /** Whether the lines are parts of a sum. @default false */
  readonly stacked?: boolean;
  /** Whether exemplars are shown, as dots that link to traces. Only for durations, since an exemplar is one. @default false */
  readonly exemplars?: boolean;
  /** Lowest value of the axis; null: chosen by Grafana. @default 0 */
  readonly min?: number | null;
  /** Highest value of the axis. @default - chosen by Grafana */
  readonly max?: number;
}

/** The current value of each series: a stat or a bar gauge. */
export interface Values extends Numbers {
  readonly kind: 'stat' | 'bars';
  /** What is good and bad; null: the value is neither. */
  readonly limits: Limits | null;
  /**
   * Whether a stat draws the line behind its value. A value over the whole time range has none.
   * @default - unless a query uses `$__range`
   */
  readonly sparkline?: boolean;
  /** Texts for some values, as `{ 0: 'down' }`. @default - none */
  readonly words?: Readonly<Record<number, string>>;
  /** Bounds of a bar gauge. @default 0 and the largest value */
  readonly min?: number;
  readonly max?: number;
}

/** A text instead of a value, on a colour that is not one of limits. */
export interface Word {
  readonly text: string;
  readonly colour: 'red' | 'orange' | 'blue';
}

/** How a column of a table is shown. */
export interface Column {
  /** @default - the table's */
  readonly unit?: Unit;
  /** Shown instead of an empty cell. @default - the cell stays empty */
  readonly empty?: string;
  /** Pixels. @default - 110 for numbers; labels share what is left */
  readonly width?: number;
  /** As a bar, from 0 to `max` or the largest value; as text on the colour of its limits. @default - text */
  readonly show?: 'bar' | 'colour';
  readonly max?: number;
  readonly limits?: Limits;
  /** Texts for some values, as `{ 0: 'down' }`; with a colour of their own, `show` is 'colour'. @default - none */
  readonly words?: Readonly<Record<number, string | Word>>;
  /** Whether it is only there for links and for the order of rows. @default false */
  readonly hidden?: boolean;
  /** The target of a click on a cell. @default - none */
  readonly links?: readonly Link[];
}

/** A table of current values: a row for each set of labels, a column for each query. */
export interface Table extends Numbers {
  readonly kind: 'table';
  /** Labels that become columns, with their headings, in this order. The queries return no other labels. */
  readonly columns: Readonly<Record<string, string>>;
  /** How columns are shown, by heading. @default - text */
  readonly cells?: Readonly<Record<string, Column>>;
  /** Heading of the column to sort by. */
  readonly sortBy: string;
  /** Heading of the column that orders rows with equal values there. @default - the order of the first query */
  readonly thenBy?: string;
  /** @default - descending, by both */
  readonly ascending?: boolean;
}

/** A heatmap: how many values fall into each bucket of a histogram, over time. Its unit is that of the bounds. */
export interface Heatmap extends Numbers {
  readonly kind: 'heatmap';
  /** Unit of the cells: how many values a second. */
  readonly cells: Unit;
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

/** The numbers of an edge or a node of a service map, as PromQL. */
export interface CallNumbers {
  /** Calls per second. */
  readonly rate: string;
  /** Share of failed calls, 0 to 1. */
  readonly failing: string;
  /** The 95th percentile of the duration, in seconds. */
  readonly p95: string;
}

/** A graph of calls between services: rate, failures and duration of each edge and node. Each end of an edge must be a node. */
export interface ServiceMap extends Explained {
  readonly kind: 'map';
  /** With the labels `service_name`, the service that calls, and `peer_service`. */
  readonly edges: CallNumbers;
  /** With the label `id`, and no others. */
  readonly nodes: CallNumbers & {
    /** Calls per second that the node makes. */
    readonly calls: string;
  };
  /** From this share of failures on, an edge is red. */
  readonly critical: number;
  /** The targets of a click on a node. Grafana's `${__value.raw}` is its name. */
  readonly nodeLinks: readonly Link[];
  /** The targets of a click on an edge. Grafana's `${__value.raw}` is the name of the service that calls. */
  readonly edgeLinks: readonly Link[];
}

/** Jaeger's service graph, derived from traces. */
export interface JaegerMap extends Explained {
  readonly kind: 'jaegerMap';
}

/** Alerts that fire or are pending in Grafana, where Grafana evaluates the rules: Prometheus has no series of them. */
export interface AlertList extends Explained {
  readonly kind: 'alerts';
  /** Labels that an alert must have, as `alertname!="Watchdog"`. */
  readonly matchers: string;
}

/** A panel with Prometheus queries. */
export type NumberPanel = Lines | Values | Table | Heatmap;
/** One panel. */
export type Panel = NumberPanel | Traces | Trace | ServiceMap | JaegerMap | AlertList;

/** Panels under a heading. */
export interface Row {
  /** The question that its panels answer, in plain words. */
  readonly title: string;
  /** Whether its panels are shown only on a click. @default false */
  readonly closed?: boolean;
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

/** Marks across all graphs of a dashboard, which a switch at its top turns on and off. */
export interface Annotation {
  readonly name: string;
  /** PromQL: there is a mark wherever it has a value. */
  readonly expr: string;
  /** Text of the mark, which may contain labels, as `{{alertname}}`. */
  readonly text: string;
  readonly colour: 'red' | 'orange' | 'blue';
  /** Whether the marks are shown before anybody turns them on. @default true */
  readonly on?: boolean;
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
  /** Besides the beginnings of the alerts that its panels explain, which every dashboard has. */
  readonly annotations: readonly Annotation[];
  /** Dashboards that this one links to. */
  readonly related: readonly DashboardUid[];
  readonly rows: readonly Row[];
}
