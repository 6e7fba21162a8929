/** The configurations that are measured are made from what is rendered today. */
import { without } from '../../../scripts/bench/collector-config';
import { GROUPS, PERSONAL_DATA } from '../../../scripts/bench/collector-groups';
import { OURS, PLAIN, shapes, WITHOUT_PERSONAL_DATA } from '../../../scripts/bench/collector-shapes';

const all = shapes();
const names = all.map(({ name }) => name);

test('the original pipeline, ours, and ours without each group', () => {
  expect(names.slice(0, 2)).toEqual([PLAIN, OURS]);
  expect(names).toContain(WITHOUT_PERSONAL_DATA);
  expect(names).toHaveLength(2 + GROUPS.length);
});

test.each(all)('$name uses what it defines, defines what it uses, and passes spans on', ({ config }) => {
  const pipelines = Object.values(config.service.pipelines);
  const used = pipelines.flatMap(({ receivers, processors = [], exporters }) => [
    ...receivers,
    ...processors,
    ...exporters,
  ]);
  const { receivers, processors = {}, connectors = {}, exporters } = config;
  const defined = [receivers, processors, connectors, exporters].flatMap((components) => Object.keys(components));
  expect([...new Set(used)].sort()).toEqual(defined.sort());
  expect(config.service.pipelines.traces?.exporters).toContainEqual(
    expect.stringMatching(/^otlp_(http|grpc)\/jaeger$/),
  );
});

test('a group that is not in the configuration is an error that names it', () =>
  expect(() => shapes([{ name: 'sampling', leaveOut: without('tail_sampling') }])).toThrow(
    /^sampling cannot be left out: the configuration has no tail_sampling/,
  ));

test('a group that changes nothing is an error', () => {
  expect(() => shapes([{ name: 'sampling', leaveOut: 'collector: {pii: hashed}' }])).toThrow(
    'without sampling, the configuration is the same',
  );
  expect(() => shapes([{ name: 'sampling', leaveOut: (config) => config }])).toThrow('is the same');
});

test('the goal about personal data has its group', () =>
  expect(GROUPS.map(({ name }) => name)).toContain(PERSONAL_DATA));
