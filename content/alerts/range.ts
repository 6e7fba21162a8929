import { seconds } from '../../config/units';
import type { AlertSettings } from './settings';

/** The range of alerts: short, so that an alert resolves soon after its cause. */
const USUAL_SECONDS = 300;
/** Number of scrapes in a rate's range, so that one may fail. */
const SCRAPES = 4;

/** Range of the rates in alerts and SLOs: five minutes, or four scrape intervals if these are longer than 75 s. */
export function rangeOf({ prometheus, janServer }: Pick<AlertSettings, 'prometheus' | 'janServer'>): string {
  const intervals = [prometheus.scrapeInterval, janServer?.scrapeInterval ?? '1s'].map(seconds);
  return `${Math.ceil(Math.max(USUAL_SECONDS, SCRAPES * Math.max(...intervals)) / 60)}m`;
}
