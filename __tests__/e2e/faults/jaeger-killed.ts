import { setTimeout as sleep } from 'node:timers/promises';
import { note } from '../stack';
import { arrived, back, kill, startLoad, stored } from './place';

/** Milliseconds after a start at which Jaeger is killed. */
const MOMENTS = [500, 3000, 1500];

/** F9. */
export function jaegerKilledAgain(): void {
  test(`Jaeger is killed ${MOMENTS.length} times under load: what it has acknowledged can be read`, async () => {
    const load = startLoad('f9', { RATE: '100', SECONDS: '90' });
    await arrived('f9');
    for (const moment of MOMENTS) {
      await sleep(moment);
      kill('jaeger');
      await back('jaeger');
    }
    const sent = await load;
    const found = await stored(sent);
    note('F9: Jaeger killed under load', {
      offered: sent.ended,
      acknowledged: sent.acknowledged.length,
      stored: found,
      kills: MOMENTS.length,
    });
    expect(sent.acknowledged.length).toBeGreaterThan(0);
    expect(found).toBe(sent.acknowledged.length);
  });
}
