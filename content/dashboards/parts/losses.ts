/** Counters of losses, which a program creates with its first loss. */
import { sumBy } from '../../../metrics/spans';
import { ofPods, type Program } from './pods';
import { SHOWN } from './range';

/**
 * How many values of a label have lost something in the time that the dashboard shows; 0 where none has and a pod is scraped. A rate
 * needs two samples, so it misses the event that creates a series: the first lost batch would be shown as zero while its alert fires
 * (`hasGrown` of the alerts has the same rule).
 * @param label what loses, as `exporter`
 */
export function losing(program: Program, label: string, counters: readonly string[]): string {
  const up = ofPods(program, 'up');
  const grown = counters.flatMap((counter) => {
    const series = ofPods(program, counter);
    const isNew = `(${series} unless ${series} offset ${SHOWN}) and on (job, instance) (${up} offset ${SHOWN})`;
    return [`${sumBy([label], `increase(${series}[${SHOWN}])`)} > 0`, `group by (${label}) (${isNew})`];
  });
  return `count(${grown.join(' or ')}) or 0 * (sum(${up}) > 0)`;
}
