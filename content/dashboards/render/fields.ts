/** Field options that all kinds of panels share: colours, value mappings, bounds. */
import {
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { NumberPanel } from '../spec';

/** Colours of a value that is neither good nor bad: Grafana's own default turns red at 80, whatever is measured. */
const NEUTRAL = [{ value: null, color: 'blue' }];

/** The colours of a panel's values. */
export const thresholds = (limits: NumberPanel['limits']): ThresholdsConfigBuilder =>
  new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(limits === undefined ? NEUTRAL : stepsOf(limits.warning, limits.critical));

/** From the lowest value upwards; the lowest step has no bound. */
function stepsOf(warning: number, critical: number): Threshold[] {
  const [below, between, above] = critical < warning ? ['red', 'orange', 'green'] : ['green', 'orange', 'red'];
  return [
    { value: null, color: below as string },
    { value: Math.min(warning, critical), color: between as string },
    { value: Math.max(warning, critical), color: above as string },
  ];
}

/** Colours from the limits above. */
export const byThreshold = (): FieldColorBuilder => new FieldColorBuilder().mode(FieldColorModeId.Thresholds);

/** Texts that replace some values. */
export const mappings = (words: Readonly<Record<number, string>>): ValueMapping[] => [
  {
    type: MappingType.ValueToText,
    options: Object.fromEntries(Object.entries(words).map(([value, text], index) => [value, { text, index }])),
  },
];
