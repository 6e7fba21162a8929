import { seconds } from '../../config/units';
import type { AlertSettings } from './settings';

/** What an alert looks back over: short enough to end soon after its cause does. */
const USUAL_SECONDS = 300;
/** Scrapes that a rate needs to survive one that fails. */
const SCRAPES = 4;

/** Range of the rates in alerts and SLOs: five minutes, or four scrapes where they come less often than every 75 s. */
export function rangeOf({ prometheus, janServer }: Pick<AlertSettings, 'prometheus' | 'janServer'>): string {
  const intervals = [prometheus.scrapeInterval, janServer?.scrapeInterval ?? '1s'].map(seconds);
  return `${Math.ceil(Math.max(USUAL_SECONDS, SCRAPES * Math.max(...intervals)) / 60)}m`;
}
