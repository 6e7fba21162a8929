/** Counters of losses, which a program creates with its first loss. */
import { hasGrown } from '../../alerts/counters';
import { ofPods, type Program } from './pods';
import { SHOWN } from './range';

/**
 * How many values of a label have lost something in the time that the dashboard shows; 0 where none has and a pod is scraped. A rate
 * misses the event that creates a series: the first lost batch would be shown as zero while its alert fires.
 * @param label what loses, as `exporter`
 */
export function losing(program: Program, label: string, counters: readonly string[]): string {
  const up = ofPods(program, 'up');
  const grown = counters.map((counter) => hasGrown(ofPods(program, counter), [label], SHOWN, up));
  return `count(${grown.join(' or ')}) or 0 * (sum(${up}) > 0)`;
}
