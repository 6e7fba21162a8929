/** Colours with a meaning: the same thing has the same colour on every dashboard. */
import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Query } from '../spec';

/** No data, or nothing to judge. */
export const GREY = '#808080';

/** The colour of series whose legend matches. */
interface Meaning {
  /** Matches the text of a legend, with the label's value in its place. */
  readonly pattern: RegExp;
  readonly colour: string;
}

/** Words of fixed legends. */
const WORDS: readonly Meaning[] = [
  { pattern: /\b(input|prompt|in|received|accepted)$/i, colour: 'blue' },
  { pattern: /\b(output|completion|generation|out|sent|stored|written)$/i, colour: 'purple' },
  { pattern: /\b(half|50 %)$/, colour: 'light-blue' },
  { pattern: /\b95 %$/, colour: 'blue' },
  { pattern: /\b99 %$/, colour: 'dark-purple' },
  { pattern: /\b(refused|failed|failing|dropped|lost|errors?|not stored|not queued)\b/i, colour: 'red' },
];

/** Values of labels whose values have a meaning. */
const OF_LABELS: readonly { readonly labels: readonly string[]; readonly meanings: readonly Meaning[] }[] = [
  {
    labels: ['http_response_status_code', 'status', 'code', 'error_type'],
    meanings: [
      { pattern: /(^|[ ,])(2\d\d|success|ok)$/, colour: 'green' },
      { pattern: /(^|[ ,])3\d\d$/, colour: 'blue' },
      { pattern: /(^|[ ,])4\d\d$/, colour: 'orange' },
      { pattern: /(^|[ ,])(5\d\d|error|err|failure|_OTHER)$/, colour: 'red' },
    ],
  },
  {
    labels: ['severity'],
    meanings: [
      { pattern: /(^|[ ,])critical$/, colour: 'red' },
      { pattern: /(^|[ ,])warning$/, colour: 'orange' },
      { pattern: /(^|[ ,])info$/, colour: 'blue' },
    ],
  },
  {
    labels: ['phase'],
    meanings: [
      { pattern: /^(Running|Succeeded)$/, colour: 'green' },
      { pattern: /^Pending$/, colour: 'orange' },
      { pattern: /^(Failed|Unknown)$/, colour: 'red' },
    ],
  },
];

/** A series in shades of a colour, so that two with one meaning differ. */
export interface Coloured {
  /** Regular expression on the legend, between slashes. */
  readonly regexp: string;
  readonly properties: readonly DynamicConfigValue[];
}

/** The colours of the legends of a panel that have a meaning, in the order in which Grafana applies them. */
export function coloursOf(queries: readonly Query[]): readonly Coloured[] {
  const legends = queries.map(({ legend }) => legend);
  const ofWords = WORDS.filter(({ pattern }) => legends.some((legend) => pattern.test(withoutLabels(legend))));
  const ofLabels = OF_LABELS.filter(({ labels }) =>
    labels.some((label) => legends.some((legend) => legend.includes(`{{${label}}}`))),
  ).flatMap(({ meanings }) => meanings);
  return [...ofWords, ...ofLabels].map(({ pattern, colour }) => ({
    regexp: `/${pattern.source}/${pattern.flags}`,
    properties: [{ id: 'color', value: { mode: 'shades', fixedColor: colour } }],
  }));
}

/** A value of a label is not a word of ours: a service may be called "out". */
const withoutLabels = (legend: string) => legend.replace(/\{\{[^}]*\}\}/g, '{}');
