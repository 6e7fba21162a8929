/** Panels above each other. */

/** A panel without its position. */
export interface Stacked {
  /** Its height in units of the grid. */
  readonly h: number;
  readonly panel: { readonly id: number; readonly type: string } & Readonly<Record<string, unknown>>;
}

/** Panels of a column at the left, from top to bottom. @param w its width */
export const stacked = (panels: readonly Stacked[], w: number): object[] =>
  panels.map(({ h, panel }, index) => {
    const y = panels.slice(0, index).reduce((sum, before) => sum + before.h, 0);
    return { ...panel, gridPos: { x: 0, y, w, h } };
  });
