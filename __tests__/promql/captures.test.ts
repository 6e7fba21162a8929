import { NOT_STORED } from '../../charts/jan-server/client-labels';
import { METRICS } from '../../metrics/catalogue/index';
import { EMITTERS, type EmitterName } from '../../metrics/emitters';
import { CAPTURED, capturedOf, comparedWithCapture } from '../captures';

const emitters = Object.keys(CAPTURED) as EmitterName[];

test.each(emitters)('%s: the catalogue says what the real service emitted', (emitter) => {
  expect(comparedWithCapture(emitter)?.failures).toEqual([]);
});

test.each(emitters)('%s: the catalogue has everything that the real service emitted', (emitter) => {
  const listed = new Set(METRICS.filter((metric) => metric.emitter === EMITTERS[emitter]).map(({ name }) => name));
  const emitted = [...capturedOf(CAPTURED[emitter] ?? '').keys()];
  expect(emitted.filter((name) => !listed.has(name) && name !== NOT_STORED)).toEqual([]);
});

test('what no capture has is what nothing records', () => {
  const unproven = emitters.flatMap((emitter) => comparedWithCapture(emitter)?.unproven ?? []);
  expect([...new Set(unproven.map(({ why }) => why))].sort()).toEqual(['nothing records it']);
});
