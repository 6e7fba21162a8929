/** Lines over time, and the cells of a heatmap. */
import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  CellValuesBuilder,
  PanelBuilder as HeatmapPanel,
  YAxisConfigBuilder,
} from '@grafana/grafana-foundation-sdk/heatmap';
import { PanelBuilder as LinesPanel } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Heatmap, Lines, Query } from '../spec';
import { softMaximum } from '../units';
import { coloursOf, GREY } from './colours';
import { refId } from './ref-id';

/** More series than this have a table as their legend. */
const FEW = 3;

/** Lines over time. A gap in the data is a gap in the line. */
export function lines(panel: Lines): LinesPanel {
  const { min = 0, max, stacked = false, limits, queries, unit } = panel;
  const builder = new LinesPanel()
    .fillOpacity(stacked ? 30 : 10)
    // Otherwise wide panels have dots, and narrow ones none.
    .showPoints(VisibilityMode.Never)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .legend(legend(queries))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
  if (min !== null && !queries.some(({ below }) => below === true)) builder.min(min);
  if (max === undefined) builder.axisSoftMax(softMaximum(unit));
  else builder.max(max);
  if (stacked) builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
  if (limits !== undefined) {
    builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  }
  for (const { regexp, properties } of coloursOf(queries)) builder.overrideByRegexp(regexp, [...properties]);
  for (const [index, query] of queries.entries()) styled(builder, query, index);
  return builder;
}

function styled(builder: LinesPanel, { below, bound }: Query, index: number): void {
  if (below === true) builder.overrideByQuery(refId(index), [{ id: 'custom.transform', value: 'negative-Y' }]);
  if (bound === true)
    builder.overrideByQuery(refId(index), [
      { id: 'color', value: { mode: 'fixed', fixedColor: GREY } },
      { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 6] } },
      { id: 'custom.fillOpacity', value: 0 },
      { id: 'custom.stacking', value: { mode: 'none', group: 'A' } },
    ]);
}

/** A legend with a label has as many entries as the label has values. */
const hasMany = (queries: readonly Query[]) =>
  queries.length > FEW || queries.some(({ legend }) => legend.includes('{{'));

function legend(queries: readonly Query[]): VizLegendOptionsBuilder {
  const builder = new VizLegendOptionsBuilder().showLegend(true).placement(LegendPlacement.Bottom);
  return hasMany(queries)
    ? builder.displayMode(LegendDisplayMode.Table).calcs(['lastNotNull', 'max', 'mean']).sortBy('Last *').sortDesc(true)
    : builder.displayMode(LegendDisplayMode.List);
}

/** Buckets of a histogram over time. The axis has the unit of the bounds, the cells and their legend that of what is counted. */
export const heatmap = ({ unit, cells }: Heatmap): HeatmapPanel =>
  new HeatmapPanel()
    .yAxis(new YAxisConfigBuilder().unit(unit))
    .cellValues(new CellValuesBuilder().unit(cells))
    .showLegend();
