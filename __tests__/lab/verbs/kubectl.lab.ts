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
    expect(off).toMatchObject({ LOG_LEVEL: 'info', OTEL_ENABLED: 'false' });
    expect(off).not.toHaveProperty('OTEL_EXPORTER_OTLP_ENDPOINT');
  });

  test('off, where nothing was on', () => {
    const before = deployment('llm-api', []);
    expect(valuesOf(patched(before, { OTEL_ENABLED: 'false' }))).toEqual({ LOG_LEVEL: 'info', OTEL_ENABLED: 'false' });
  });

  test('a value takes the place of a reference', () => {
    const reference = { configMapKeyRef: { name: 'telemetry', key: 'endpoint' } };
    const before = deployment('realtime-api', [{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', valueFrom: reference }]);
    expect(valuesOf(patched(before, { OTEL_SERVICE_NAME: 'realtime-api' }))).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel-collector.jan-monitoring:4318',
      SERVICE_NAME: 'realtime-api',
    });
  });
});
