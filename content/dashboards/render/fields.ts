/** Field options that all kinds of panels share: colours, value mappings, bounds. */
import {
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  SpecialValueMatch,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Limits, Word } from '../spec';
import { GREY } from './colours';

/** Colours of a value that is neither good nor bad: Grafana's own default turns red at 80, whatever is measured. */
const NEUTRAL = [{ value: null, color: 'blue' }];

/** The colours of a panel's values. */
export const thresholds = (limits: Limits | null | undefined): ThresholdsConfigBuilder =>
  new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(stepsOf(limits));

/** From the lowest value upwards; the lowest step has no bound. */
export function stepsOf(limits: Limits | null | undefined): Threshold[] {
  if (limits === null || limits === undefined) return NEUTRAL;
  const { warning, critical } = limits;
  const [below, between, above] = critical < warning ? ['red', 'orange', 'green'] : ['green', 'orange', 'red'];
  return [
    { value: null, color: below as string },
    { value: Math.min(warning, critical), color: between as string },
    { value: Math.max(warning, critical), color: above as string },
  ];
}

/** Colours from the limits above. */
export const byThreshold = (): FieldColorBuilder => new FieldColorBuilder().mode(FieldColorModeId.Thresholds);

/**
 * What a stat says where there is no data. No blank of it breaks: two lines of large letters would be cut. Those at its ends make room, since
 * Grafana measures the text without the space between letters that it draws.
 */
export const NO_DATA = '\u00a0no\u00a0data\u00a0';

/** No data is grey. Without this, Grafana colours it like the lowest value: "no alerts are known" would be as green as "no alert fires". */
export const greyWithoutData = (): ValueMapping => withoutData(NO_DATA, GREY);

/** A text and a colour instead of a value that is missing or not a number. */
export const withoutData = (text: string, color: string): ValueMapping => ({
  type: MappingType.SpecialValue,
  options: { match: SpecialValueMatch.NullAndNan, result: { text, color } },
});

/** Texts that replace some values. */
export const mappings = (words: Readonly<Record<number, string | Word>>): ValueMapping => ({
  type: MappingType.ValueToText,
  options: Object.fromEntries(
    Object.entries(words).map(([value, word], index) => [
      value,
      typeof word === 'string' ? { text: word, index } : { text: word.text, color: word.colour, index },
    ]),
  ),
});
