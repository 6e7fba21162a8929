/**
 * `npm run connect` for any program: real SDKs get exactly the variables that it prints, as the kubelet would set them, and their
 * telemetry is looked for behind the rendered Collector. Only host and port of addresses are changed.
 */
import { join } from 'node:path';
import { parse } from 'yaml';
import type { SamplingStrategies } from '../../../config/files/sampling';
import { readVariables } from '../../../config/variables';
import { programPath, SDK_NODE, SDK_PYTHON, TOOLS } from '../../../lab/cache';
import { must, until, type Variables } from '../../../lab/commands';
import { DOCUMENTED } from '../../../verbs/commands';
import { connect } from '../../../verbs/connect';
import { configFrom } from '../../support';
import { becomes, type RunningCollector, startCollector, total } from '../programs/collector';
import { startRenderedJaeger } from '../programs/jaeger';
import { sendSpans } from '../programs/otlp';
import { storedSpans } from '../programs/stored';

/** Traces that each program makes. */
const TRACES = 40;
const METRIC = 'lab_sdk_calls_total';

/** What Jaeger serves. The files that `connect` reads may have changed since. */
const SERVED: SamplingStrategies = {
  default_strategy: { type: 'probabilistic', param: 1 },
  service_strategies: [{ service: 'go-served-none', type: 'probabilistic', param: 0 }],
};

const span = (service: string) => `work of ${service}`;
const PYTHON_MAIN = ['python3', join(TOOLS, 'sdk-python/main.py')];

/** How the program with each SDK is started. */
const PROGRAMS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  nodejs: [process.execPath, join(TOOLS, 'sdk-node/main.cjs'), SDK_NODE],
  python: ['python3', join(SDK_PYTHON, 'bin/opentelemetry-instrument'), ...PYTHON_MAIN],
  go: [programPath('sdk-go')],
};
const SDKS = Object.keys(PROGRAMS);

let jaeger: Awaited<ReturnType<typeof startRenderedJaeger>>;
let collector: RunningCollector;
beforeAll(async () => {
  jaeger = await startRenderedJaeger(SERVED);
  collector = await startCollector('', jaeger.address);
});
afterAll(() => Promise.all([collector?.stop(), jaeger?.stop()]));

interface Printed {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly env: readonly {
            readonly name: string;
            readonly value?: string | null;
            readonly valueFrom?: { readonly fieldRef: { readonly fieldPath: string } } | null;
          }[];
        }[];
      };
    };
  };
}

/** Fields of the pod. */
const POD: Variables = { 'metadata.uid': 'uid-1', 'metadata.name': 'pod-1', 'spec.nodeName': 'node-1' };

/** The variables of a patch, as the kubelet sets them: in order, with references to those before. */
function printed(words: readonly string[], strategies: SamplingStrategies | null, given: Variables = {}): Variables {
  const config = { ...configFrom('jaeger: {samplingStrategiesFile: sampling.json}'), samplingStrategies: strategies };
  const { output } = connect(config, readVariables([], given), DOCUMENTED, words);
  const set: Record<string, string> = {};
  for (const { name, value, valueFrom } of (parse(output) as Printed).spec.template.spec.containers[0]?.env ?? []) {
    const text = valueFrom == null ? value : POD[valueFrom.fieldRef.fieldPath];
    if (text == null) continue;
    set[name] = text.replace(/\$\((\w+)\)/g, (reference, other: string) => set[other] ?? reference);
  }
  return set;
}

/** Runs a program to its end, with its addresses on loopback. */
async function run(sdk: string, service: string, variables: Variables): Promise<void> {
  const addresses = {
    'http://otel-collector.jan-monitoring:4318': collector.endpoint,
    'http://otel-collector.jan-monitoring:4317': collector.grpc,
    'http://jaeger.jan-monitoring:5778': jaeger.sampling,
  };
  const env = Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      Object.entries(addresses).reduce((text, [from, to]) => text.replace(from, to), value),
    ]),
  );
  const [program, ...args] = PROGRAMS[sdk] ?? [''];
  await must(program, [...args, span(service), `${TRACES}`], { env: { PYTHONPATH: SDK_PYTHON, ...env } });
}

/** The spans of a service that Jaeger has. */
async function spansOf(service: string) {
  const answer = await fetch(`${jaeger.api}/traces?${new URLSearchParams({ service, lookback: '1h', limit: '1000' })}`);
  return storedSpans(await answer.text());
}

const allSpans = (service: string) =>
  until(async () => (await spansOf(service)).length === TRACES, `${TRACES} spans of ${service}`, 60);

/** Waits until all that was sent before is stored: the Collector's queue keeps the order. */
async function marker(service: string): Promise<void> {
  await sendSpans(collector.endpoint, [{ name: 'marker', kind: 'internal' }], { 'service.name': service });
  await until(async () => (await spansOf(service)).length === 1, `the marker ${service}`, 60);
}

const words = (sdk: string, service: string, ...more: readonly string[]) => [
  service,
  '--namespace=shop',
  `--language=${sdk}`,
  ...more,
];

test.each(SDKS)('%s: spans and metrics arrive, with the pod and the namespace', async (sdk) => {
  const service = `${sdk}-on`;
  await run(sdk, service, printed(words(sdk, service), null));
  await allSpans(service);
  const [first] = await spansOf(service);
  expect(first?.name).toBe(span(service));
  expect(first?.resource).toMatchObject({
    'service.namespace': 'shop',
    'deployment.environment.name': 'test',
    'k8s.namespace.name': 'shop',
    'k8s.pod.uid': 'uid-1',
    'k8s.pod.name': 'pod-1',
    'k8s.node.name': 'node-1',
  });
  await becomes(collector, METRIC, { job: `shop/${service}` }, TRACES);
});

test.each(['nodejs', 'go'])('%s over gRPC', async (sdk) => {
  const service = `${sdk}-grpc`;
  await run(sdk, service, printed(words(sdk, service, '--protocol=grpc', '--metrics=none'), null));
  await allSpans(service);
  await marker(`${service}-marker`);
  expect(await total(collector, METRIC, { job: `shop/${service}` })).toEqual({ sum: 0, count: 0 });
});

test.each(SDKS)('%s: OTEL_ENABLED=false sends nothing, even where an endpoint is left', async (sdk) => {
  const service = `${sdk}-off`;
  const off = printed(words(sdk, service), null, { OTEL_ENABLED: 'false' });
  await run(sdk, service, { ...off, OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_SERVICE_NAME: service });
  await marker(`${service}-marker`);
  expect(await spansOf(service)).toEqual([]);
  expect(await total(collector, METRIC, { job: `shop/${service}` })).toEqual({ sum: 0, count: 0 });
});

describe('the strategies that Jaeger serves', () => {
  const strategies = (service: string, param: number): SamplingStrategies => ({
    default_strategy: { type: 'probabilistic', param: 1 },
    service_strategies: [{ service, type: 'probabilistic', param }],
  });

  test('Go asks Jaeger: all traces, where the variables begin with none', async () => {
    const service = 'go-served-all';
    const variables = printed(words('go', service), strategies(service, 0));
    expect(variables.OTEL_TRACES_SAMPLER).toBe('parentbased_jaeger_remote');
    await run('go', service, variables);
    await allSpans(service);
    const [first] = await spansOf(service);
    expect(first?.attributes).toMatchObject({ 'jaeger.sampler.type': 'probabilistic' });
  });

  test('Go asks Jaeger: none, where the variables begin with all', async () => {
    const service = 'go-served-none';
    await run('go', service, printed(words('go', service), strategies(service, 1)));
    // The metrics show that it ran.
    await becomes(collector, METRIC, { job: `shop/${service}` }, TRACES);
    await marker(`${service}-marker`);
    expect(await spansOf(service)).toEqual([]);
  });

  test.each(['nodejs', 'python'])('%s takes the ratio of the strategy, as it cannot ask', async (sdk) => {
    const service = `${sdk}-ratio`;
    await run(sdk, service, printed(words(sdk, service), strategies(service, 0)));
    await becomes(collector, METRIC, { job: `shop/${service}` }, TRACES);
    await marker(`${service}-marker`);
    expect(await spansOf(service)).toEqual([]);
  });

  test.each(['nodejs', 'python'])('%s records every trace if it gets the form of the specification', async (sdk) => {
    const service = `${sdk}-remote`;
    await run(sdk, service, printed([service, '--namespace=shop'], strategies(service, 0)));
    await allSpans(service);
  });
});
