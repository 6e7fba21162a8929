/** What the generated configuration of each program must say, and must never say. */
import { INTAKE_LIMITS } from '../../../lib/limits';
import { configFile, find, fixtures, render } from '../../support';

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
      sending_queue: { storage: string; queue_size: number; batch: { sizer: string; max_size: number } };
    }
  >;
  service: { extensions: string[]; pipelines: Pipelines };
}
const collector = (manifests: typeof standard) =>
  configFile(manifests, 'otel-collector-config', 'config.yaml') as CollectorFile;

describe.each([
  ['as it is', standard],
  ['with everything', everything],
])('the Collector %s', (_name, manifests) => {
  const { service, exporters, ...file } = collector(manifests);

  test('limits memory first where data comes in, and uses no component that was removed', () => {
    const entrances = Object.values(service.pipelines).filter(({ receivers }) => receivers.includes('otlp'));
    expect(entrances).toHaveLength(4);
    for (const { processors = [] } of entrances) expect(processors[0]).toBe('memory_limiter');
    expect(JSON.stringify(file)).not.toMatch(/"batch":\{\}|"logging"|"jaeger":/);
  });

  test('batches nowhere but where spans are counted and not stored', () => {
    const batching = Object.entries(service.pipelines).filter(([, { processors = [] }]) =>
      processors.some((name) => name.split('/')[0] === 'batch'),
    );
    expect(batching.map(([name]) => name)).toEqual(['traces/gen_ai']);
    expect(service.pipelines['traces/gen_ai']?.exporters).toEqual(['signal_to_metrics/gen_ai']);
  });

  test('refuses no difference that is to be added up', () => {
    expect(service.pipelines['metrics/gen_ai']?.processors).not.toContain('memory_limiter');
  });

  test('defines what it uses, and uses what it defines', () => {
    const pipelines = Object.values(service.pipelines);
    const used = (part: 'receivers' | 'processors' | 'exporters') =>
      new Set(pipelines.flatMap((pipeline) => pipeline[part] ?? []));
    const connectors = Object.keys(file.connectors);
    expect([...used('processors')].sort()).toEqual(Object.keys(file.processors).sort());
    expect([...used('receivers')].sort()).toEqual([...Object.keys(file.receivers), ...connectors].sort());
    expect([...used('exporters')].sort()).toEqual([...Object.keys(exporters), ...connectors].sort());
    expect([...service.extensions].sort()).toEqual(Object.keys(file.extensions).sort());
  });

  test('keeps its chain of size limits in order', () => {
    const { grpc, http } = file.receivers.otlp.protocols;
    const queue = exporters['otlp_grpc/jaeger']?.sending_queue;
    const jaeger = configFile(manifests, 'jaeger-config', 'config.yaml') as typeof file;
    const sizes = [
      INTAKE_LIMITS.attributeBytes,
      http.max_request_body_size,
      queue?.batch.max_size,
      (jaeger.receivers.otlp.protocols.grpc.max_recv_msg_size_mib ?? 0) * 2 ** 20,
    ];
    expect((grpc.max_recv_msg_size_mib ?? 0) * 2 ** 20).toBe(http.max_request_body_size);
    expect(queue?.batch.sizer).toBe('bytes');
    for (const [index, size] of sizes.entries())
      if (index > 0) expect(size).toBeGreaterThan(sizes[index - 1] ?? Number.NaN);
  });

  test('never gives up on what it acknowledged', () => {
    const durable = Object.entries(exporters).filter(([name]) => name.startsWith('otlp'));
    expect(durable.length).toBeGreaterThan(0);
    for (const [, { retry_on_failure, sending_queue }] of durable) {
      expect(retry_on_failure.max_elapsed_time).toBe('0s');
      expect(sending_queue.storage).toBe('file_storage/queue');
    }
  });
});

test('names and unit of the span metrics are the same at both ends', () => {
  const { connectors } = configFile(standard, 'otel-collector-config', 'config.yaml') as {
    connectors: { span_metrics: { namespace: string; histogram: { unit: string } } };
  };
  const jaeger = configFile(standard, 'jaeger-config', 'config.yaml') as {
    extensions: { jaeger_storage: { metric_backends: { prometheus: { prometheus: Record<string, unknown> } } } };
  };
  expect(jaeger.extensions.jaeger_storage.metric_backends.prometheus.prometheus).toMatchObject({
    metric_namespace: connectors.span_metrics.namespace.replaceAll('.', '_'),
    latency_unit: connectors.span_metrics.histogram.unit,
  });
});

test("no rule and no panel reads llm-api's own counters of tokens, which have words where an answer is streamed", () => {
  expect(JSON.stringify([standard, everything])).not.toMatch(/jan_llm_api_tokens_/);
});

describe('Prometheus', () => {
  const settings = configFile(standard, 'prometheus-config', 'prometheus.yaml') as Record<string, unknown>;

  test("has the seed's intervals, labels and retention", () => {
    expect(settings).toMatchObject({
      global: { scrape_interval: '15s', external_labels: { cluster: 'jan-server', environment: 'test' } },
      storage: { tsdb: { retention: { time: '30d', size: '10GB' } } },
    });
  });

  test("finds the seed's services every 10 s, within limits", () => {
    const job = (settings.scrape_configs as Record<string, unknown>[]).find(
      ({ job_name }) => job_name === 'jan-server',
    );
    expect(job).toMatchObject({
      scrape_interval: '10s',
      sample_limit: 20000,
      label_limit: 40,
      body_size_limit: '16MB',
    });
    expect(JSON.stringify(job)).toContain(
      'llm-api;8080|mcp-tools;8091|response-api;8082|media-api;8285|realtime-api;8186',
    );
  });

  test('honours labels in one job only, and drops there what would pass for its own', () => {
    const honouring = (settings.scrape_configs as Record<string, unknown>[]).filter(({ honor_labels }) => honor_labels);
    expect(honouring.map(({ job_name }) => job_name)).toEqual(['otel-collector']);
    expect(JSON.stringify(honouring)).toContain('up|scrape_.+|ALERTS|ALERTS_FOR_STATE');
  });

  test('has no admin API and no lifecycle endpoint', () => {
    expect(JSON.stringify(find(everything, 'Deployment', 'prometheus'))).not.toMatch(/admin-api|enable-lifecycle/);
  });

  test('keeps static targets by the names of their Services', () => {
    expect(JSON.stringify(configFile(everything, 'prometheus-config', 'prometheus.yaml'))).toContain(
      'tools.jan.svc.cluster.example:8091',
    );
  });
});

describe('Grafana', () => {
  const ini = (manifests: typeof standard) =>
    find(manifests, 'ConfigMap', 'grafana-config').data?.['grafana.ini'] ?? '';

  test('has no password, no sign-up, no anonymous access', () => {
    for (const manifests of [standard, everything]) {
      expect(ini(manifests)).toMatch(/admin_password = \$__file\{/);
      expect(ini(manifests)).toMatch(/secret_key = \$__file\{/);
      expect(ini(manifests)).toContain('allow_sign_up = false');
      expect(ini(manifests)).toMatch(/\[auth\.anonymous\]\nenabled = false/);
    }
  });

  test('installs nothing, or exactly what is pinned, and never replaces what the image holds', () => {
    expect(ini(standard)).toContain('preinstall_disabled = true');
    expect(ini(everything)).toContain('preinstall_sync = grafana-clock-panel@2.1.8');
    expect(ini(everything)).toContain('preinstall_auto_update = false');
  });

  test('secures cookies where it is reached by https', () => {
    expect(ini(standard)).toContain('cookie_secure = false');
    expect(ini(everything)).toContain('cookie_secure = true');
  });

  test('links exemplars to traces and traces to metrics by uids that exist', () => {
    const { datasources } = configFile(standard, 'grafana-datasources', 'datasources.yaml') as {
      datasources: { uid: string; isDefault: boolean }[];
    };
    const uids = datasources.map(({ uid }) => uid);
    expect(uids).toEqual(['prometheus', 'jaeger', 'alertmanager']);
    expect(datasources.filter(({ isDefault }) => isDefault)).toHaveLength(1);
    const named = [...JSON.stringify(datasources).matchAll(/"datasourceUid":"([^"]*)"/g)].map(([, uid]) => uid);
    expect(uids).toEqual(expect.arrayContaining(named));
  });

  test('routes to the first contact point, with the Slack URL in a file', () => {
    const text = find(everything, 'ConfigMap', 'grafana-alerting').data?.['alerting.yaml'] ?? '';
    expect(text).toContain('receiver: On call');
    expect(text).toMatch(/url: \$__file\{\/etc\/grafana\/secrets\/contact-on-call-[0-9a-f]{6}\/url\}/);
  });
});
