/** What a dashboard says, before Grafana's form of it: no panel compiles without unit, legend, description and no-data text. */
import type { DashboardUid } from '../../lib/dashboard-uids';

/** A question to Prometheus: one line of a panel, or one family of lines. */
export interface Query {
  /** PromQL; Grafana's variables are allowed in it. Where nobody emits its metrics, the query is left out. */
  readonly expr: string;
  /** Text of the legend, as `{{service_name}}`; in a table, the heading of the column. */
  readonly legend: string;
}

/** Where a click leads: to one of our dashboards, as long as that is rendered, or to an address. */
export type Link =
  | {
      readonly title: string;
      readonly dashboard: DashboardUid;
      /** Values of the other dashboard's variables. */
      readonly variables?: Readonly<Record<string, string>>;
    }
  | { readonly title: string; readonly url: string };

/** What every panel says about itself. */
interface Explained {
  /** Unique in its dashboard: the panel's id is made from it. */
  readonly title: string;
  /** What the numbers mean, where they come from, and what they leave out. */
  readonly description: string;
  /** Shown instead of an empty graph: what to check. Missing data is no zero. */
  readonly noData: string;
  /** Columns of the grid, of 24. @default - by kind */
  readonly width?: 4 | 6 | 8 | 12 | 24;
}

/** A panel that draws numbers. */
interface Numbers extends Explained {
  /** Unit in Grafana's words, as `reqps`, `percentunit`, `s`. */
  readonly unit: string;
  /** At least one. */
  readonly queries: readonly [Query, ...Query[]];
  /** Where a click on a line or value leads. @default - nowhere */
  readonly links?: readonly Link[];
  /** Colours: from where on a value is a warning, and from where on critical; the lower of them is worse where critical is the lower one. */
  readonly limits?: { readonly warning: number; readonly critical: number };
}

/** Lines over time. */
export interface Lines extends Numbers {
  readonly kind: 'lines';
  /** Whether the lines are parts of a sum. @default false */
  readonly stacked?: boolean;
  /** Whether dots lead to the traces behind the numbers. @default false */
  readonly exemplars?: boolean;
  /** Lowest value of the axis; null: as low as the lines go. @default 0 */
  readonly min?: number | null;
  /** Highest value of the axis. @default - as high as the lines go */
  readonly max?: number;
}

/** The value of now, of each series: in large, on a dial, or as bars. */
export interface Values extends Numbers {
  readonly kind: 'stat' | 'gauge' | 'bars';
  /** Words for some values, as `{ 0: 'down' }`. @default - none */
  readonly words?: Readonly<Record<number, string>>;
  /** Bounds of a dial or of bars. @default 0 and the largest value */
  readonly min?: number;
  readonly max?: number;
}

/** A table of now: a row for each set of labels, a column for each query. */
export interface Table extends Numbers {
  readonly kind: 'table';
  /** Labels that are columns, and their headings, in their order. The queries have no other labels. */
  readonly columns: Readonly<Record<string, string>>;
  /** Units of columns that have another than the table's, by heading. @default - none */
  readonly units?: Readonly<Record<string, string>>;
  /** Texts instead of an empty cell, by heading. @default - the cell stays empty */
  readonly empty?: Readonly<Record<string, string>>;
  /** Heading of the column to sort by, the largest first. @default - the order of the answer */
  readonly sortBy?: string;
}

/** How often a value falls between two bounds of a histogram, over time. */
export interface Heatmap extends Numbers {
  readonly kind: 'heatmap';
}

/** Traces that Jaeger finds. Their columns and units are Jaeger's. */
export interface Traces extends Explained {
  readonly kind: 'traces';
  /** Name of the service, or a variable that has one value, as `$service`. */
  readonly service: string;
  /** Only traces with a span that has any of these tags, one tag each, in logfmt: `event=exception`. @default - all */
  readonly anyTag?: readonly string[];
}

/** Who calls whom, as Jaeger knows it from spans. */
export interface ServiceMap extends Explained {
  readonly kind: 'map';
}

/** A panel that asks Prometheus. */
export type NumberPanel = Lines | Values | Table | Heatmap;
/** One panel. */
export type Panel = NumberPanel | Traces | ServiceMap;

/** Panels under a heading. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A list of values to choose from, of a label. A variable that no panel uses is left out. */
export interface Variable {
  readonly name: string;
  /** Text beside the list. */
  readonly label: string;
  readonly description: string;
  /** The label whose values these are. */
  readonly of: string;
  /** Series that have the label: the first whose metric somebody emits. */
  readonly series: readonly [string, ...string[]];
  /** Whether several can be chosen: queries match with `=~`. One value: queries match with `=`. */
  readonly several: boolean;
  /** Chosen at first where one is chosen. @default - the first of the list */
  readonly first?: string;
}

/** Something that is marked across all graphs of a dashboard. */
export interface Annotation {
  readonly name: string;
  /** PromQL: a mark stands wherever it has a value. */
  readonly expr: string;
  /** Text of the mark; labels are allowed in it, as `{{alertname}}`. */
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
  readonly variables: readonly Variable[];
  readonly annotations: readonly Annotation[];
  /** Dashboards that one goes to from here. */
  readonly related: readonly DashboardUid[];
  readonly rows: readonly Row[];
}
