import { EXPERIMENTS } from '../../../lab/faults/faults';
import { chosen, settingsOf } from '../../../lab/faults/settings';

test('without variables all are run', () => expect(settingsOf({})).toEqual({ only: [], crashes: 5, seed: 1 }));

test('the variables are read', () =>
  expect(settingsOf({ FAULTS: 'F1, F2', FAULTS_RUNS: '60', FAULTS_SEED: '0' })).toEqual({
    only: ['F1', 'F2'],
    crashes: 60,
    seed: 0,
  }));

test.each(['0', '-1', 'many', '1.5'])('FAULTS_RUNS=%s is refused', (text) =>
  expect(() => settingsOf({ FAULTS_RUNS: text })).toThrow(`FAULTS_RUNS is "${text}": it must be a whole number from 1`),
);

test('an id that no experiment has is refused', () =>
  expect(() => chosen(EXPERIMENTS, ['F99'])).toThrow('FAULTS names F99: the experiments are'));

test('each id is there once', () => {
  const ids = EXPERIMENTS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
