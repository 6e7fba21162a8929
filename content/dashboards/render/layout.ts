/** The layout of panels: Grafana's grid has 24 columns, and lines of any height. */
import type { Panel, Row } from '../spec';

/** A position in the grid. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export const COLUMNS = 24;
const HEADING = 1;
/** Pixels of one line of the grid, with the gap below it (public/app/core/constants.ts of Grafana: 30 and 8). */
export const LINE_PIXELS = 38;

/** Heights in lines of the grid: those of panels that stand side by side are the same. */
const HEIGHTS: Readonly<Record<Panel['kind'], number>> = {
  // Below 100 pixels beside its heading, a narrow stat has no line behind its value (@grafana/ui, BigValueLayout).
  stat: 5,
  lines: 9,
  bars: 9,
  table: 9,
  heatmap: 9,
  traces: 9,
  trace: 13,
  alerts: 9,
  map: 13,
  jaegerMap: 14,
};

/** A row's heading and its panels, each with its position. */
export interface PlacedRow {
  readonly row: Row;
  readonly place: Place;
  readonly panels: readonly { readonly panel: Panel; readonly place: Place }[];
}

/** Lines of the grid that rows take before any closed one is opened. */
export const openLines = (placed: readonly PlacedRow[]): number =>
  Math.max(
    0,
    ...placed.flatMap(({ row, place, panels }) => [
      place.y + place.h,
      ...(row.closed === true ? [] : panels.map((panel) => panel.place.y + panel.place.h)),
    ]),
  );

/** Panels from left to right, in lines of panels of the same height. Those of a closed row take no place until it is opened. */
export function layout(rows: readonly Row[]): PlacedRow[] {
  let top = 0;
  return rows.map((row) => {
    const place = { x: 0, y: top, w: COLUMNS, h: HEADING };
    top += HEADING;
    const { placed, height } = inLines(row.panels, top);
    if (row.closed !== true) top += height;
    return { row, place, panels: placed };
  });
}

function inLines(panels: readonly Panel[], top: number) {
  let y = top;
  const placed = sameHeights(panels)
    .flatMap(linesOf)
    .flatMap((line) => {
      const h = Math.max(...line.map(({ kind }) => HEIGHTS[kind]));
      const at = y;
      y += h;
      return widths(line).map(({ x, w, panel }) => ({ panel, place: { x, y: at, w, h } }));
    });
  return { placed, height: y - top };
}

/** Successive panels of the same height. Where each has a width of its own, those of a line are as high as the highest. */
function sameHeights(panels: readonly Panel[]): (readonly Panel[])[] {
  if (panels.every(({ width }) => width !== undefined)) return [panels];
  const groups: Panel[][] = [];
  for (const panel of panels) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && HEIGHTS[last[0].kind] === HEIGHTS[panel.kind]) last.push(panel);
    else groups.push([panel]);
  }
  return groups;
}

function linesOf(panels: readonly Panel[]): Panel[][] {
  if (panels.every(({ kind }) => kind === 'stat')) return chunks(panels, evenly(panels.length, MOST_STATS));
  return panels.some(({ width }) => width !== undefined) ? asTheyFit(panels) : chunks(panels, threes(panels.length));
}

const MOST_STATS = 8;

/** How many panels each line has, with at most so many in one, and lines as equal as possible: 9 of at most 8 are 5 and 4. */
function evenly(count: number, most: number): number[] {
  const lines = Math.ceil(count / most);
  return Array.from({ length: lines }, (_, index) => Math.floor(count / lines) + (index < count % lines ? 1 : 0));
}

/** Lines of three, and of two where three would leave one panel alone. */
function threes(count: number): number[] {
  if (count === 0) return [];
  if (count % 3 === 0) return [3, ...threes(count - 3)];
  return count === 1 ? [1] : [2, ...threes(count - 2)];
}

function chunks(panels: readonly Panel[], sizes: readonly number[]): Panel[][] {
  let from = 0;
  return sizes.map((size) => {
    from += size;
    return panels.slice(from - size, from);
  });
}

/** As many as fit, by their own widths; one without a width is half a line. */
function asTheyFit(panels: readonly Panel[]): Panel[][] {
  const lines: Panel[][] = [];
  let used = COLUMNS;
  for (const panel of panels) {
    const width = panel.width ?? COLUMNS / 2;
    if (used + width > COLUMNS) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(panel);
    used += width;
  }
  return lines;
}

/** The widths that divide a line without a rest. */
const EVEN = [24, 12, 8, 6, 4, 3];

/** Panels fill their line: with one width, where they have none of their own, and what is left goes to the last. */
function widths(line: readonly Panel[]): { x: number; w: number; panel: Panel }[] {
  // A single number over the whole line would be a headline.
  if (line.length === 1 && line[0]?.kind === 'stat') return [{ x: 0, w: 8, panel: line[0] }];
  const even = EVEN.find((width) => width * line.length <= COLUMNS) ?? 1;
  const own = line.some(({ width }) => width !== undefined);
  let x = 0;
  return line.map((panel, index) => {
    const w = index === line.length - 1 ? COLUMNS - x : own ? (panel.width ?? COLUMNS / 2) : even;
    const placed = { x, w, panel };
    x += w;
    return placed;
  });
}
