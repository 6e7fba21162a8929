import { capacityText } from '../../scripts/capacity-text';
import { configFrom } from '../support';

const LOAD = 'capacity: {spansPerSecond: 200, spanBytes: 1000, series: 400000, bridgeOutage: 1h}';

test('each size has its value and its arithmetic, and each number its source', () => {
  const text = capacityText(configFrom(LOAD));
  const { collector, jaeger } = configFrom(LOAD);
  expect(text).toContain('200 spans a second of 1000 bytes, 400000 series, 1h without Jaeger');
  expect(text).toContain(`collector.queue.size: ${collector.queue.size}\n`);
  expect(text).toMatch(/200 spans a second x 3600 s x \d+ bytes x 1\.25 = \d+ MiB/);
  expect(text).toContain(`jaeger.storage: ${jaeger.storage}\n`);
  const [, numbers = ''] = text.split('Numbers\n');
  expect(numbers).toMatch(/ bytes +what the Collector's processors add .*\n +measured \d{4}-\d\d-\d\d by node /);
});

test('a size that the file sets is marked', () =>
  expect(capacityText(configFrom(`${LOAD}\ncollector: {queue: {size: 9Gi}}`))).toMatch(
    /collector\.queue\.size: 9Gi \(set; at least \d+Mi\)/,
  ));

test("with another store, badger's arithmetic is left out", () => {
  const search = "jaeger: {store: {type: opensearch, urls: ['https://a.example.com']}}";
  expect(capacityText(configFrom(`${LOAD}\n${search}`))).not.toMatch(/badger|jaeger\.storage/);
});

test('an environment without a capacity says so', () =>
  expect(capacityText(configFrom(''))).toMatch(/^environments\/test\.yaml has no capacity/));
