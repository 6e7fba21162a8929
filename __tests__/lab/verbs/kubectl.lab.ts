/** What the verbs rely on in kubectl itself, without a cluster. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readVariables } from '../../../config/variables';
import { programPath } from '../../../lab/cache';
import { DOCUMENTED } from '../../../verbs/commands';
import { connect } from '../../../verbs/connect';
import { configFrom } from '../../support';

const KUBECTL = programPath('kubectl');
const folder = mkdtempSync(join(tmpdir(), 'kubectl-'));
const write = (name: string, content: object): string => {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
  return file;
};

describe('the patches of connect', () => {
  interface Variable {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: object | null;
  }
  interface Deployment {
    readonly spec: {
      readonly template: { readonly spec: { readonly containers: { name: string; env: Variable[] }[] } };
    };
  }
  /** A Deployment as Jan Server's chart makes it (janhq/server, infra/k8s/jan-server/templates). */
  const deployment = (service: string, env: readonly Variable[]) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `jan-server-${service}`, namespace: 'jan-server' },
    spec: {
      selector: { matchLabels: { app: service } },
      template: {
        metadata: { labels: { app: service } },
        spec: { containers: [{ name: service, image: 'x', env: [{ name: 'LOG_LEVEL', value: 'info' }, ...env] }] },
      },
    },
  });
  const patched = (object: object, variables: Readonly<Record<string, string>>): object => {
    const file = write('deployment.json', object);
    const patch = join(folder, 'patch.yaml');
    writeFileSync(patch, connect(configFrom(''), readVariables([], variables), DOCUMENTED).output);
    return parse(
      execFileSync(KUBECTL, ['patch', '--local', '-f', file, '--patch-file', patch, '-o', 'json'], {
        encoding: 'utf8',
      }),
    );
  };
  const valuesOf = (object: object) => {
    const [container] = (object as Deployment).spec.template.spec.containers;
    return Object.fromEntries(container?.env.map(({ name, value, valueFrom }) => [name, valueFrom ?? value]) ?? []);
  };

  test('llm-api: on and off again; the other variables stay', () => {
    const before = deployment('llm-api', [{ name: 'OTEL_ENABLED', value: 'false' }]);
    const on = patched(before, {});
    expect(valuesOf(on)).toEqual({
      LOG_LEVEL: 'info',
      OTEL_ENABLED: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel-collector.jan-monitoring:4318',
      OTEL_SERVICE_NAME: 'llm-api',
      SERVICE_NAME: 'llm-api',
    });
    const off = valuesOf(patched(on, { OTEL_ENABLED: 'false' }));
    expect(off).toMatchObject({ LOG_LEVEL: 'info', OTEL_ENABLED: 'false', OTEL_EXPORTER_OTLP_ENDPOINT: '' });
  });

  test('off, where nothing was on', () => {
    const before = deployment('llm-api', []);
    expect(valuesOf(patched(before, { OTEL_ENABLED: 'false' }))).toEqual({
      ...{ LOG_LEVEL: 'info', OTEL_ENABLED: 'false' },
      // It hides one that comes from a ConfigMap.
      OTEL_EXPORTER_OTLP_ENDPOINT: '',
    });
  });

  test('a value takes the place of a reference', () => {
    const reference = { configMapKeyRef: { name: 'telemetry', key: 'endpoint' } };
    const before = deployment('realtime-api', [{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', valueFrom: reference }]);
    expect(valuesOf(patched(before, { OTEL_SERVICE_NAME: 'realtime-api' }))).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel-collector.jan-monitoring:4318',
      SERVICE_NAME: 'realtime-api',
    });
  });

  /** A program of its own namespace that has settings already. */
  const checkout = () => ({
    ...deployment('checkout', [
      { name: 'OTEL_RESOURCE_ATTRIBUTES', value: 'team=shop' },
      { name: 'OTEL_SDK_DISABLED', value: 'true' },
    ]),
    metadata: { name: 'checkout', namespace: 'shop' },
  });
  const connected = () =>
    connect(configFrom(''), readVariables([], {}), DOCUMENTED, ['checkout', '--namespace=shop']).output;
  /** A reference to a later variable stays as it is written: the kubelet expands in order. */
  function expectInOrder(object: object): void {
    const env = (object as Deployment).spec.template.spec.containers[0]?.env ?? [];
    const names = env.map(({ name }) => name);
    const referring = names.indexOf('OTEL_RESOURCE_ATTRIBUTES');
    const references = [...(env[referring]?.value ?? '').matchAll(/\$\((\w+)\)/g)].map(([, name = '']) => name);
    expect(references.length).toBe(3);
    for (const name of references) {
      expect(names.indexOf(name)).toBeGreaterThanOrEqual(0);
      expect(names.indexOf(name)).toBeLessThan(referring);
    }
    expect(valuesOf(object)).toMatchObject({ LOG_LEVEL: 'info', OTEL_SDK_DISABLED: 'false' });
  }

  test('any program: references come after what they refer to, also where the variable was there before', () => {
    const file = write('checkout.json', checkout());
    writeFileSync(join(folder, 'checkout.yaml'), connected());
    const args = ['patch', '--local', '-f', file, '--patch-file', join(folder, 'checkout.yaml'), '-o', 'json'];
    const once = parse(execFileSync(KUBECTL, args, { encoding: 'utf8' })) as object;
    expectInOrder(once);
    write('checkout.json', once);
    expectInOrder(parse(execFileSync(KUBECTL, args, { encoding: 'utf8' })) as object);
  });

  test('the same file is a patch of a kustomization', () => {
    write('kustomize/checkout.json', checkout());
    writeFileSync(join(folder, 'kustomize', 'patch.yaml'), connected());
    write('kustomize/kustomization.yaml', { resources: ['checkout.json'], patches: [{ path: 'patch.yaml' }] });
    const output = execFileSync(KUBECTL, ['kustomize', join(folder, 'kustomize')], { encoding: 'utf8' });
    expectInOrder(parse(output) as object);
  });
});
