/** The layout of panels: Grafana's grid has 24 columns, and lines of any height. */
import type { Panel, Row } from '../spec';

/** A position in the grid. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const COLUMNS = 24;
const HEADING = 1;

/** Width and height by kind: single numbers are small, lists are high. */
const SIZES: Readonly<Record<Panel['kind'], { readonly w: number; readonly h: number }>> = {
  lines: { w: 12, h: 8 },
  stat: { w: 4, h: 4 },
  gauge: { w: 6, h: 6 },
  bars: { w: 12, h: 8 },
  table: { w: 12, h: 9 },
  heatmap: { w: 12, h: 9 },
  traces: { w: 12, h: 9 },
  trace: { w: 24, h: 18 },
  map: { w: 24, h: 14 },
};

/** A row's heading and its panels, each with its position. */
export interface PlacedRow {
  readonly title: string;
  readonly place: Place;
  readonly panels: readonly { readonly panel: Panel; readonly place: Place }[];
}

/** Panels from left to right, in lines as high as their highest panel; what is left of a line is shared out among its panels. */
export function layout(rows: readonly Row[]): PlacedRow[] {
  let y = 0;
  return rows.map(({ title, panels }) => {
    const place = { x: 0, y, w: COLUMNS, h: HEADING };
    y += HEADING;
    const placed = linesOf(panels).flatMap((line) => {
      const top = y;
      const h = Math.max(...line.map(({ kind }) => SIZES[kind].h));
      y += h;
      return widths(line).map(({ x, w, panel }) => ({ panel, place: { x, y: top, w, h } }));
    });
    return { title, place, panels: placed };
  });
}

const widthOf = ({ kind, width }: Panel) => width ?? SIZES[kind].w;

/** Panels of the same height are side by side, as many as fit. */
function linesOf(panels: readonly Panel[]): Panel[][] {
  const lines: Panel[][] = [];
  for (const panel of panels) {
    const line = lines.at(-1) ?? [];
    const [first = panel] = line;
    const used = line.reduce((sum, other) => sum + widthOf(other), 0);
    const fits = SIZES[first.kind].h === SIZES[panel.kind].h && used + widthOf(panel) <= COLUMNS;
    if (fits && line.length > 0) line.push(panel);
    else lines.push([panel]);
  }
  return lines;
}

function widths(line: readonly Panel[]): { x: number; w: number; panel: Panel }[] {
  const total = line.reduce((sum, panel) => sum + widthOf(panel), 0);
  let before = 0;
  return line.map((panel) => {
    const x = Math.round((before * COLUMNS) / total);
    before += widthOf(panel);
    return { x, w: Math.round((before * COLUMNS) / total) - x, panel };
  });
}
