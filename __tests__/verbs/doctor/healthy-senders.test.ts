/** Workloads as clusters have them, about which nothing may be said. */
import { diagnose } from '../../../verbs/doctor/diagnose';
import { type AnyWorkload, type Sources, sendersOf } from '../../../verbs/doctor/senders/workload';
import type { Survey } from '../../../verbs/doctor/survey';
import type { Pod } from '../../../verbs/objects';
import { named, neighbour, sceneOf } from './survey';

const scene = sceneOf('network: { allowFrom: [{ namespace: shop, to: collector }] }\n');
const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const OURS = 'http://otel-collector.jan-monitoring:4318';
const labels = { app: 'cart' };

type PodSpec = AnyWorkload['spec']['template']['spec'];
type Variables = NonNullable<PodSpec['containers'][number]['env']>;

const from = (values: Readonly<Record<string, string>>): Variables =>
  Object.entries(values).map(([name, value]) => ({ name, value }));
const workload = (spec: PodSpec, namespace = 'other'): AnyWorkload => ({
  kind: 'Deployment',
  metadata: { name: 'cart', namespace },
  spec: { template: { metadata: { labels }, spec } },
});
const NOTHING: Sources = { configMaps: new Map(), secretKeys: new Map() };

/** Ids of the problems, and of the remarks, about one workload. */
function said(
  spec: PodSpec,
  { namespace = 'other', pods = [], sources = NOTHING }: { namespace?: string; pods?: Pod[]; sources?: Sources } = {},
) {
  const senders = sendersOf(workload(spec, namespace), sources);
  const { neighbours: known } = scene.survey;
  const neighbours = new Map([...known, [namespace, { ...(known.get(namespace) ?? neighbour(namespace, [])), pods }]]);
  const findings = diagnose(scene.desired, { ...scene.survey, senders, neighbours }, () => []);
  return findings.map(({ id, isRemark = false }) => `${id}${isRemark ? ' (remark)' : ''}`);
}
const app = (values: Readonly<Record<string, string>>) => ({ name: 'app', env: from(values) });
const pod = (spec: Partial<Pod['spec']>, metadata: Partial<Pod['metadata']> = {}): Pod => ({
  metadata: { name: 'cart-1', namespace: 'other', labels, creationTimestamp: '2026-01-31T12:00:00Z', ...metadata },
  spec: { containers: [{ name: 'app', image: 'app' }], ...spec },
  status: { phase: 'Running' },
});
const LOCAL = { [ENDPOINT]: 'http://localhost:4318' };
const agent = (more: object = {}) => ({ name: 'agent', image: 'otelcol', ports: [{ containerPort: 4318 }], ...more });

test.each<[what: string, spec: PodSpec]>([
  [
    'an agent on its node',
    {
      containers: [
        {
          name: 'app',
          env: [
            { name: 'HOST_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
            { name: ENDPOINT, value: 'http://$(HOST_IP):4318' },
          ],
        },
      ],
    },
  ],
  ['an address that a Service variable completes', { containers: [app({ [ENDPOINT]: 'http://otel:$(OTEL_PORT)' })] }],
  ['a variable that is the whole endpoint', { containers: [app({ [ENDPOINT]: '$(ENDPOINT)' })] }],
  ['a native sidecar', { containers: [app(LOCAL)], initContainers: [agent({ restartPolicy: 'Always' })] }],
  ['its own port', { containers: [{ ...app(LOCAL), ports: [{ containerPort: 4318 }] }] }],
  ['the network of its node', { containers: [app(LOCAL)], hostNetwork: true }],
  ['an address', { containers: [app({ [ENDPOINT]: 'http://10.0.0.8:4318' })] }],
  ['an address of IPv6', { containers: [app({ [ENDPOINT]: 'http://[fd00::8]:4318' })] }],
  ['a socket', { containers: [app({ [ENDPOINT]: 'unix:///var/run/otel.sock' })] }],
  ['a target of gRPC', { containers: [app({ [ENDPOINT]: 'dns:///otel-collector.jan-monitoring:4317' })] }],
  [
    'a user before the host',
    { containers: [app({ [ENDPOINT]: 'http://user:pass@localhost:4318' })], hostNetwork: true },
  ],
  [
    'an endpoint of a Secret, and no traces',
    {
      containers: [
        {
          name: 'app',
          env: [
            { name: ENDPOINT, valueFrom: { secretKeyRef: { name: 'vendor', key: 'url' } } },
            { name: 'OTEL_TRACES_EXPORTER', value: 'none' },
          ],
        },
      ],
    },
  ],
  ['an SDK that a sidecar serves by default', { containers: [app({ OTEL_TRACES_EXPORTER: 'otlp' }), agent()] }],
  ['no telemetry', { containers: [app({ OTEL_SDK_DISABLED: 'true', OTEL_TRACES_EXPORTER: 'none' })] }],
])('%s', (_what, spec) => {
  expect(said(spec)).toEqual([]);
  expect(said(spec, { namespace: 'shop' })).toEqual([]);
});

test('an init container that has ended is no sidecar', () => {
  const spec = { containers: [app(LOCAL)], initContainers: [agent()] };
  expect(said(spec, { namespace: 'shop' })).toEqual(['endpoint-local']);
});

test('where nothing shows that it is meant for this stack, it is a remark', () => {
  expect(said({ containers: [app(LOCAL)] })).toEqual(['endpoint-local (remark)']);
  expect(said({ containers: [app({ [ENDPOINT]: 'http://otel.backend.svc:4318' })] })).toEqual([
    'endpoint-wrong-service (remark)',
  ]);
  expect(said({ containers: [app({ OTEL_TRACES_EXPORTER: 'otlp' })] })).toEqual(['endpoint-missing (remark)']);
  expect(said({ containers: [app({ [ENDPOINT]: 'http://jaeger.jan-monitoring:4318' })] })).toEqual([
    'endpoint-wrong-service',
  ]);
});

test('a container that names no port may listen at each', () => {
  const spec = { containers: [app(LOCAL), { name: 'proxy' }] };
  expect(said(spec, { namespace: 'shop' })).toEqual(['endpoint-local (remark)']);
});

describe('what a webhook has put into the pods', () => {
  const shop = { namespace: 'shop' };
  test('a sidecar', () => {
    const sidecar = pod({ containers: [{ name: 'app', image: 'app' }, agent()] }, shop);
    expect(said({ containers: [app(LOCAL)] }, { ...shop, pods: [sidecar] })).toEqual([]);
    const native = pod({ initContainers: [agent({ restartPolicy: 'Always' })] }, shop);
    expect(said({ containers: [app(LOCAL)] }, { ...shop, pods: [native] })).toEqual([]);
  });

  test('an endpoint', () => {
    const env = from({ OTEL_TRACES_EXPORTER: 'otlp', [ENDPOINT]: OURS });
    const injected = pod({ containers: [{ name: 'app', image: 'app', env }] }, shop);
    const spec = { containers: [app({ OTEL_TRACES_EXPORTER: 'otlp' })] };
    expect(said(spec, { ...shop, pods: [injected] })).toEqual([]);
    expect(said(spec, { ...shop, pods: [pod({}, shop)] })).toEqual(['endpoint-missing']);
  });

  test('not what pods of an earlier rollout have, or one that has ended', () => {
    const containers = [{ name: 'app', image: 'app' }, agent()];
    const older = pod({ containers }, { ...shop, creationTimestamp: '2026-01-30T12:00:00Z' });
    const ended: Pod = { ...pod({ containers }, { ...shop, name: 'job' }), status: { phase: 'Succeeded' } };
    const pods = [older, ended, pod({}, shop)];
    expect(said({ containers: [app(LOCAL)] }, { ...shop, pods })).toEqual(['endpoint-local']);
  });
});

test.each<[what: string, values: Readonly<Record<string, string>>]>([
  ["Python's names of exporters", { OTEL_TRACES_EXPORTER: 'otlp_proto_http' }],
  ['a list with spaces', { OTEL_TRACES_EXPORTER: 'console, otlp' }],
  ['metrics only', { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'prometheus,otlp' }],
  ['a sampler without a valid ratio', { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '' }],
])('%s', (_what, values) => {
  expect(said({ containers: [app({ [ENDPOINT]: OURS, ...values })] }, { namespace: 'shop' })).toEqual([]);
});

test('spans that a caller records are recorded, so that this is a remark', () => {
  const values = { [ENDPOINT]: OURS, OTEL_TRACES_SAMPLER: 'parentbased_always_off' };
  expect(said({ containers: [app(values)] }, { namespace: 'shop' })).toEqual(['sampler-off (remark)']);
});

test.each(['1', 't', 'TRUE'])("a service of Jan Server is on with %s, as Go's ParseBool reads it", (value) => {
  const labelled = { ...app({ [ENDPOINT]: OURS, OTEL_ENABLED: value }), name: 'realtime-api' };
  expect(said({ containers: [labelled] }, { namespace: 'jan-server' })).toEqual([]);
});

test('what a ConfigMap or Secret adds that may not be read is unknown', () => {
  const envFrom = [{ configMapRef: { name: 'telemetry' } }];
  const spec = { containers: [{ ...app({ OTEL_TRACES_EXPORTER: 'otlp' }), envFrom }] };
  const sources = (value: Readonly<Record<string, string>> | null): Sources => ({
    ...NOTHING,
    configMaps: new Map([['shop/telemetry', value]]),
  });
  expect(said(spec, { namespace: 'shop', sources: sources(null) })).toEqual([]);
  expect(said(spec, { namespace: 'shop', sources: sources({}) })).toEqual(['endpoint-missing']);
});

test('a Job that has run in the namespace is no other application', () => {
  const ended = { ...pod({}), status: { phase: 'Succeeded' } };
  const change: Partial<Survey> = { foreignPods: [ended] };
  expect(named(scene, change)).toEqual([]);
  expect(named(scene, { foreignPods: [pod({})] })).toEqual(['foreign-pods Namespace/jan-monitoring']);
});
