/** Panels by kind, with the options of that kind. */
import { PanelBuilder as BarsPanel } from '@grafana/grafana-foundation-sdk/bargauge';
import {
  BarGaugeDisplayMode,
  BarGaugeValueMode,
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as GaugePanel } from '@grafana/grafana-foundation-sdk/gauge';
import { PanelBuilder as HeatmapPanel, YAxisConfigBuilder } from '@grafana/grafana-foundation-sdk/heatmap';
import { PanelBuilder as StatPanel } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as LinesPanel } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Heatmap, Lines, Values } from '../spec';
import { byThreshold, mappings } from './fields';

/** Lines over time. A gap in the data is a gap in the line. */
export function lines(panel: Lines): LinesPanel {
  const { min = 0, max, stacked = false, limits } = panel;
  const builder = new LinesPanel()
    .fillOpacity(stacked ? 30 : 10)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
  if (min !== null) builder.min(min);
  if (max !== undefined) builder.max(max);
  if (stacked) builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
  if (limits !== undefined) {
    builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  }
  return builder;
}

/** Current values. */
export function values(panel: Values): StatPanel | GaugePanel | BarsPanel {
  const builder = ofKind(panel.kind).colorScheme(byThreshold());
  const max = panel.max ?? (panel.unit === 'percentunit' && panel.kind !== 'stat' ? 1 : undefined);
  builder.min(panel.min ?? 0);
  if (max !== undefined) builder.max(max);
  if (panel.words !== undefined) builder.mappings(mappings(panel.words));
  return builder;
}

function ofKind(kind: Values['kind']): StatPanel | GaugePanel | BarsPanel {
  // The query returns one value for each series, so nothing needs to be reduced.
  const one = new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields('');
  if (kind === 'gauge') return new GaugePanel().reduceOptions(one);
  if (kind === 'stat') {
    return new StatPanel()
      .reduceOptions(one)
      .colorMode(BigValueColorMode.Value)
      .graphMode(BigValueGraphMode.None)
      .orientation(VizOrientation.Auto);
  }
  return new BarsPanel()
    .reduceOptions(one)
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
    .valueMode(BarGaugeValueMode.Text);
}

/** Buckets of a histogram over time. The unit is that of the bounds, on the vertical axis. */
export const heatmap = ({ unit }: Heatmap): HeatmapPanel =>
  new HeatmapPanel().yAxis(new YAxisConfigBuilder().unit(unit)).showLegend();
