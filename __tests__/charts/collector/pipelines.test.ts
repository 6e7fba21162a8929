/** The Collector's pipelines: what each begins with, how much they take at once, and that nothing acknowledged is given up. */
import { INTAKE_LIMITS } from '../../../lib/limits';
import { configFile, fixtures, render } from '../../support';

const standard = render('jaeger: {samplingStrategiesFile: a.json}');
const everything = render(fixtures().find(({ name }) => name === 'everything')?.text ?? '');
type Pipelines = Record<string, { receivers: string[]; processors?: string[]; exporters: string[] }>;
interface CollectorFile {
  extensions: object;
  receivers: { otlp: { protocols: Record<'grpc' | 'http', Record<string, number>> } };
  processors: object;
  connectors: object;
  exporters: Record<
    string,
    {
      retry_on_failure: { max_elapsed_time: string };
      sending_queue: { storage: string; queue_size: number; sizer: string; batch?: object };
    }
  >;
  service: { extensions: string[]; pipelines: Pipelines };
}
const collector = (manifests: typeof standard) =>
  configFile(manifests, 'otel-collector-config', 'config.yaml') as CollectorFile;

describe.each([
  ['a default environment', standard],
  ['the fixture with every option', everything],
])('the Collector of %s', (_name, manifests) => {
  const { service, exporters, ...file } = collector(manifests);

  test('has memory_limiter first in every pipeline that receives OTLP, and no removed component', () => {
    const entrances = Object.values(service.pipelines).filter(({ receivers }) => receivers.includes('otlp'));
    expect(entrances).toHaveLength(3);
    for (const { processors = [] } of entrances) expect(processors[0]).toBe('memory_limiter');
    expect(JSON.stringify(file)).not.toMatch(/"batch":\{\}|"logging"|"jaeger":/);
  });

  test('batches only the points of the connector that counts LLM calls, which are nowhere stored as they are', () => {
    const batching = Object.entries(service.pipelines).filter(([, { processors = [] }]) =>
      processors.some((name) => name.split('/')[0] === 'batch'),
    );
    expect(batching.map(([name]) => name.split('_stores')[0])).toEqual(batching.map(() => 'metrics/gen_ai'));
    for (const [, { receivers }] of batching) expect(receivers).toEqual(['signal_to_metrics/gen_ai']);
  });

  test('has no memory_limiter before delta sums: a refused delta would be lost', () => {
    expect(service.pipelines['metrics/gen_ai']?.processors).not.toContain('memory_limiter');
  });

  test('defines each component that a pipeline uses, and no other', () => {
    const pipelines = Object.values(service.pipelines);
    const used = (part: 'receivers' | 'processors' | 'exporters') =>
      new Set(pipelines.flatMap((pipeline) => pipeline[part] ?? []));
    const connectors = Object.keys(file.connectors);
    expect([...used('processors')].sort()).toEqual(Object.keys(file.processors).sort());
    expect([...used('receivers')].sort()).toEqual([...Object.keys(file.receivers), ...connectors].sort());
    expect([...used('exporters')].sort()).toEqual([...Object.keys(exporters), ...connectors].sort());
    expect([...service.extensions].sort()).toEqual(Object.keys(file.extensions).sort());
  });

  test('names the other side of calls once statuses are set, LLM calls are normalized and personal data is removed, and before attributes are cut', () => {
    const { processors = [] } = service.pipelines.traces ?? {};
    const order = ['transform/outcome', 'transform/gen_ai', 'transform/privacy', 'transform/peer', 'transform/limits'];
    const expected = order.filter((name) => name !== 'transform/privacy' || name in file.processors);
    expect(processors.filter((name) => order.includes(name))).toEqual(expected);
  });

  test('has size limits that grow from sender to store', () => {
    const { grpc, http } = file.receivers.otlp.protocols;
    const jaeger = configFile(manifests, 'jaeger-config', 'config.yaml') as typeof file;
    const sizes = [
      INTAKE_LIMITS.attributeBytes,
      http.max_request_body_size,
      jaeger.receivers.otlp.protocols.http.max_request_body_size,
    ];
    expect((grpc.max_recv_msg_size_mib ?? 0) * 2 ** 20).toBe(http.max_request_body_size);
    for (const [index, size] of sizes.entries())
      if (index > 0) expect(size).toBeGreaterThan(sizes[index - 1] ?? Number.NaN);
  });

  test('retries for ever, from a queue on disk, what it has acknowledged', () => {
    const durable = Object.entries(exporters).filter(([name]) => name.startsWith('otlp'));
    expect(durable.length).toBeGreaterThan(0);
    for (const [, { retry_on_failure, sending_queue }] of durable) {
      expect(retry_on_failure.max_elapsed_time).toBe('0s');
      expect(sending_queue.storage).toBe('file_storage/queue');
      // A batch would be retried as a whole: one request that is refused would hold up others.
      expect(sending_queue.sizer).toBe('bytes');
      expect(sending_queue).not.toHaveProperty('batch');
    }
  });
});

test('syncs each write of the queue only where the environment says so', () => {
  const storageOf = (manifests: typeof standard) =>
    (collector(manifests).extensions as Record<string, { fsync?: boolean }>)['file_storage/queue'];
  expect(storageOf(render('collector: {queue: {syncWrites: true}}'))).toMatchObject({ fsync: true });
  expect(storageOf(render('collector: {queue: {syncWrites: false}}'))).toEqual(storageOf(standard));
  expect(storageOf(standard)).not.toHaveProperty('fsync');
});
