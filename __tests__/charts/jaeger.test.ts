/** Jaeger's configurations fit the version that we ship, which the lab's older one cannot say. */

import { jaegerSchema } from '../../lab/conformance/schemas/jaeger';
import { problemsOf } from '../../lab/conformance/schemas/problems';
import { appsOf } from '../../stack/apps';
import { manifestsOf } from '../../stack/checks/manifest';
import { allStacks, configFile, render } from '../support';

const configurations = allStacks().flatMap(({ name, stack }) => {
  const manifests = manifestsOf(appsOf(stack));
  return manifests
    .filter(({ kind, metadata }) => kind === 'ConfigMap' && /^jaeger.*-config$/.test(metadata.name))
    .map(({ metadata }) => [`${name}: ${metadata.name}`, configFile(manifests, metadata.name, 'config.yaml')] as const);
});

test('every role is among them', () => {
  const roles = new Set(configurations.map(([place]) => place.replace(/^.*: /, '')));
  expect([...roles].sort()).toEqual([
    'jaeger-collector-config',
    'jaeger-config',
    'jaeger-ingester-config',
    'jaeger-query-config',
  ]);
});

test.each(configurations)('%s', (_place, content) => {
  expect(problemsOf(jaegerSchema, content)).toEqual([]);
});

test('a Jaeger that only reads has a pipeline that moves nothing, without which it does not start', () => {
  const store = 'store: {type: opensearch, urls: ["https://opensearch.example.com:9200"]}';
  expect(configFile(render(`jaeger: {${store}}`), 'jaeger-query-config', 'config.yaml')).toMatchObject({
    receivers: { nop: {} },
    exporters: { nop: {} },
    service: { pipelines: { traces: { receivers: ['nop'], exporters: ['nop'] } } },
  });
});
