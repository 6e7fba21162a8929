/** The other side of a call, by which the real Collector counts spans. */
import { becomes, type RunningCollector, startCollector } from '../programs/collector';
import { type RunningJaeger, startJaeger } from '../programs/jaeger';
import { type Attributes, LLM_API, sendSpans, type TestSpan } from '../programs/otlp';

const CALLS = 'traces_span_metrics_calls_total';
const FLOOD = 500;
const TRACE = 'b7'.repeat(16);

let jaeger: RunningJaeger;
let collector: RunningCollector;

beforeAll(async () => {
  jaeger = await startJaeger();
  collector = await startCollector('cluster: {domain: k8s.example}', jaeger.address);
});
afterAll(async () => {
  await collector?.stop();
  await jaeger?.stop();
});

const client = (attributes: Attributes, more: Partial<TestSpan> = {}): Omit<TestSpan, 'name'> => ({
  kind: 'client',
  attributes,
  ...more,
});
const at = (host: string, more: Partial<TestSpan> = {}) => client({ 'server.address': host }, more);

/** What the label must be; undefined: there is none. */
type Case = readonly [what: string, peer: string | undefined, span: Omit<TestSpan, 'name'>];

const NAMED: readonly Case[] = [
  ['a name of the SDK', 'cart', client({ 'peer.service': 'cart', 'server.address': 'cart-7f.internal.example' })],
  ['a name by the current conventions', 'basket', client({ 'service.peer.name': 'basket', 'peer.service': 'cart' })],
  ['a name of a producer', 'orders', { kind: 'producer', attributes: { 'peer.service': 'orders' } }],
  ['a name before the kind of a database', 'users-db', client({ 'peer.service': 'users-db', 'db.system': 'mysql' })],
  ['a name that is too long', 'x'.repeat(512), client({ 'peer.service': 'x'.repeat(600) })],
  ['a database', 'postgresql', client({ 'db.system.name': 'postgresql', 'server.address': '10.1.2.3' })],
  ['a database by the older conventions', 'redis', client({ 'db.system': 'redis', 'net.peer.name': 'cache' })],
  ['a broker', 'kafka', { kind: 'producer', attributes: { 'messaging.system': 'kafka' } }],
  ['a broker that is polled', 'nats', client({ 'messaging.system': 'nats' })],
  ['a Service', 'media-api', at('media-api')],
  ['a Service by the older conventions', 'mcp-tools', client({ 'net.peer.name': 'mcp-tools' })],
  ['a Service with its namespace', 'vector-store', at('vector-store.data.svc')],
  ['a Service with the domain of the cluster', 'searxng', at('searxng.tools.svc.k8s.example')],
  ['a Service as an absolute name', 'keycloak', at('keycloak.auth.svc.k8s.example.')],
  ['a pod of a Service', 'opensearch', at('opensearch-0.opensearch.logs.svc.k8s.example')],
  ['a pod by its address, of a Service', 'ring', at('10-42-0-17.ring.logs.svc.k8s.example')],
  ['a Service that refuses', 'billing', at('billing', { status: 'error', message: 'dial tcp: connection refused' })],
  [
    'a call to a model of an unknown provider',
    'vllm',
    client({ 'gen_ai.request.model': 'm', 'server.address': 'vllm' }),
  ],
  [
    'a call to a model of a provider outside',
    'openai',
    client({ 'gen_ai.request.model': 'm', 'gen_ai.provider.name': 'openai', 'server.address': 'api.openai.com' }),
  ],
  [
    'a call to a model as Jan Server reports it',
    'local',
    client({ 'llm.model': 'm', 'llm.provider': 'local', 'peer.service': 'vllm' }),
  ],
  [
    'a call to an agent',
    'agents',
    client({ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.system': 'x', 'server.address': 'agents' }),
  ],
];

const UNNAMED: readonly Case[] = [
  ...[
    ['a host outside', 'api.openai.com'],
    ['a host of two labels', 'redis.data'],
    ['a host that looks like a Service', 'aaaa.b.svc.attacker.example'],
    ['a Service of another domain', 'searxng.tools.svc.cluster.local'],
    ['a pod without a Service', '10-42-0-17.jan.pod.k8s.example'],
    ['an IPv4 address', '10.42.0.17'],
    ['an IPv4 address as a number', '170524689'],
    ['an IPv6 address', 'fd00::17'],
    ['an IPv6 address in brackets', '[fd00::17]'],
    ['itself', 'localhost'],
    ['another spelling', 'Media-API'],
    ['a socket', '/var/run/postgres'],
  ].map(([what = '', host = '']): Case => [what, undefined, at(host)]),
  [
    'a name that Go cannot resolve',
    undefined,
    at('zzzz', { status: 'error', message: 'dial tcp: lookup zzzz on 10.96.0.10:53: no such host' }),
  ],
  [
    'a name that Java cannot resolve',
    undefined,
    client({ 'server.address': 'zzzz', 'error.type': 'java.net.UnknownHostException' }, { status: 'error' }),
  ],
  ['a name that is no text', undefined, client({ 'peer.service': 7 })],
  ['an empty name', undefined, client({ 'peer.service': '' })],
  ['a client without an address', undefined, client({})],
  ['the label itself, of a client', undefined, client({ peer_service: 'chosen' })],
  ...(['server', 'internal', 'consumer'] as const).map(
    (kind): Case => [
      `a span of kind ${kind} with all of them`,
      undefined,
      {
        kind,
        attributes: {
          peer_service: 'chosen',
          'peer.service': 'chosen',
          'service.peer.name': 'chosen',
          'db.system': 'redis',
          'messaging.system': 'kafka',
          'server.address': 'media-api',
          'net.peer.name': 'media-api',
        },
      },
    ],
  ),
];
const CASES = [...NAMED, ...UNNAMED];
const spanName = (what: string) => `case: ${what}`;
const labelsOf = (id: string) =>
  Object.fromEntries([...id.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [name, value]));

test('the Collector accepts a span of each case, with the label in the resource too', async () => {
  await sendSpans(
    collector.endpoint,
    CASES.map(([what, , span]): TestSpan => ({ name: spanName(what), ...span })),
    { ...LLM_API, peer_service: 'resource', 'peer.service': 'resource' },
  );
});

test.each(CASES)('%s', async (what, peer) => {
  await becomes(collector, CALLS, { span_name: spanName(what) }, 1);
  const found = [...(await collector.series()).keys()]
    .filter((id) => id.startsWith(`${CALLS}{`))
    .map(labelsOf)
    .filter(({ span_name }) => span_name === spanName(what));
  expect(found.map(({ peer_service }) => peer_service)).toEqual([peer]);
});

test(`${FLOOD} hosts outside, and as many that do not exist, make one series each`, async () => {
  const resource = { 'service.name': 'fetcher', 'service.instance.id': 'pod-1' };
  const many = (name: string, span: (index: number) => Omit<TestSpan, 'name'>) =>
    Array.from({ length: FLOOD }, (_, index): TestSpan => ({ name, ...span(index) }));
  const missing = { status: 'error', message: 'lookup on 10.96.0.10:53: no such host' } as const;
  await sendSpans(
    collector.endpoint,
    [
      ...many('fetch', (index) => at(`host${index}.example.com`)),
      ...many('fetch', (index) => at(`host${index}.x.svc.example.com`)),
      ...many('fetch', (index) => at(`10.0.${index}.1`)),
      ...many('lookup', (index) => at(`host${index}`, missing)),
      ...many('lookup', (index) => at(`host${index}.x.svc`, missing)),
      ...many('serve', (index) => ({ kind: 'server', attributes: { 'server.address': `host${index}` } })),
    ],
    resource,
  );
  await becomes(collector, CALLS, { service_name: 'fetcher' }, 6 * FLOOD);
  const series = [...(await collector.series()).keys()].filter(
    (id) => id.startsWith(`${CALLS}{`) && id.includes('service_name="fetcher"'),
  );
  expect(series.map(labelsOf).map(({ span_name, peer_service }) => [span_name, peer_service])).toEqual(
    expect.arrayContaining([
      ['fetch', undefined],
      ['lookup', undefined],
      ['serve', undefined],
    ]),
  );
  expect(series).toHaveLength(3);
});

test('Jaeger has the name, and what the sender reported', async () => {
  await sendSpans(collector.endpoint, [
    { name: 'stored', traceId: TRACE, ...client({ 'peer.service': 'Media API', 'server.address': 'media-api' }) },
  ]);
  const answer = JSON.parse(await jaeger.trace(TRACE, 1)) as {
    data: { spans: { tags: { key: string; value: unknown }[] }[] }[];
  };
  const tags = Object.fromEntries((answer.data[0]?.spans[0]?.tags ?? []).map(({ key, value }) => [key, value]));
  expect(tags).toMatchObject({
    peer_service: 'Media API',
    'peer.service': 'Media API',
    'server.address': 'media-api',
  });
});

test('the Collector reports no error of a statement', () => {
  expect(collector.log()).not.toMatch(/failed to (execute|eval)/);
});
