/** Current values: stats and bar gauges. */
import { PanelBuilder as BarsPanel } from '@grafana/grafana-foundation-sdk/bargauge';
import {
  BarGaugeDisplayMode,
  BarGaugeValueMode,
  BigValueColorMode,
  BigValueGraphMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as StatPanel } from '@grafana/grafana-foundation-sdk/stat';
import type { Values } from '../spec';
import { UNITS } from '../units';
import { byThreshold, greyWithoutData, mappings } from './fields';

/** Whether a stat draws the line behind its value, for which its query is over a range. */
export const hasSparkline = ({ kind, sparkline, queries }: Values): boolean =>
  kind === 'stat' && (sparkline ?? !queries.some(({ expr }) => expr.includes('$__range')));

/** Current values. */
export function values(panel: Values): StatPanel | BarsPanel {
  const builder = ofKind(panel).colorScheme(byThreshold());
  const max = panel.max ?? (panel.unit === UNITS.share && panel.kind === 'bars' ? 1 : undefined);
  builder.min(panel.min ?? 0);
  if (max !== undefined) builder.max(max);
  const words = panel.words === undefined ? [] : [mappings(panel.words)];
  builder.mappings([...words, greyWithoutData()]);
  return builder;
}

function ofKind(panel: Values): StatPanel | BarsPanel {
  const last = new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields('');
  if (panel.kind === 'stat') {
    return new StatPanel()
      .reduceOptions(last)
      .colorMode(BigValueColorMode.Value)
      .graphMode(hasSparkline(panel) ? BigValueGraphMode.Area : BigValueGraphMode.None)
      .orientation(VizOrientation.Auto);
  }
  return new BarsPanel()
    .reduceOptions(last)
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
    .valueMode(BarGaugeValueMode.Text);
}
