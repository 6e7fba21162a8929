import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadVariables } from '../../config/load-variables';
import { readVariables } from '../../config/variables';
import { readVerbSettings } from '../../config/verb-settings';

/** In the form of Jan Server's own template: comments after values, references, and much that is not ours. */
const TEMPLATE = `# Jan Server
POSTGRES_USER=jan_user
DB_DSN=postgres://\${POSTGRES_USER}:x@db:5432/jan?sslmode=disable
OTEL_ENABLED=false                   # Enable telemetry collection
OTEL_SERVICE_NAME=llm-api
OTEL_EXPORTER_OTLP_ENDPOINT=http://otel-collector:4318
OTEL_HTTP_PORT=4318
PROMETHEUS_PORT=9090
GRAFANA_PORT=3001
GRAFANA_ADMIN_USER=admin
GRAFANA_ADMIN_PASSWORD=admin
# OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318
`;

const from = (text: string, environment = {}) => readVariables([{ name: '.env.local', text }], environment);

test('without variables: the ports of the seed, and no password', () => {
  expect(readVariables([], {})).toMatchObject({
    OTEL_HTTP_PORT: 4318,
    OTEL_GRPC_PORT: 4317,
    PROMETHEUS_PORT: 9090,
    JAEGER_UI_PORT: 16686,
    GRAFANA_PORT: 3001,
    GRAFANA_ADMIN_PASSWORD: null,
  });
});

test("a template in the form of Jan Server's is read", () => {
  expect(from(TEMPLATE)).toMatchObject({
    OTEL_ENABLED: 'false',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel-collector:4318',
    GRAFANA_ADMIN_PASSWORD: 'admin',
  });
});

test('references are followed, with a default where nothing is there', () => {
  const text = 'HOST=collector\nPORT=1\nOTEL_EXPORTER_OTLP_ENDPOINT=http://${HOST}:${PORT}${NONE:-/x}';
  expect(from(text, { PORT: '2' }).OTEL_EXPORTER_OTLP_ENDPOINT).toBe('http://collector:2/x');
});

test('the process wins, then .env.local, then .env.docker; ENV_FILE names another file', () => {
  const root = mkdtempSync(join(tmpdir(), 'variables-'));
  writeFileSync(join(root, '.env.docker'), 'GRAFANA_PORT=1\nPROMETHEUS_PORT=1\nJAEGER_UI_PORT=1\n');
  writeFileSync(join(root, '.env.local'), 'GRAFANA_PORT=2\nPROMETHEUS_PORT=2\n');
  writeFileSync(join(root, 'other.env'), 'GRAFANA_PORT=9\n');
  const ports = ({ GRAFANA_PORT, PROMETHEUS_PORT, JAEGER_UI_PORT }: ReturnType<typeof from>) => [
    GRAFANA_PORT,
    PROMETHEUS_PORT,
    JAEGER_UI_PORT,
  ];
  expect(ports(loadVariables(root, { GRAFANA_PORT: '3' }))).toEqual([3, 2, 1]);
  expect(ports(loadVariables(root, { ENV_FILE: 'other.env' }))).toEqual([9, 9090, 16686]);
  expect(() => loadVariables(root, { ENV_FILE: 'none.env' })).toThrow(/ENV_FILE[\s\S]*create none\.env/);
});

test('an empty value counts as unset', () => expect(from('GRAFANA_PORT=\n').GRAFANA_PORT).toBe(3001));

test('a wrong variable is reported with its source, and a password is never printed', () => {
  const long = 'secret'.repeat(100);
  const wrong = () => from(`GRAFANA_PORT=70000\nOTEL_ENABLED=maybe\nGRAFANA_ADMIN_PASSWORD=${long}\n`);
  expect(wrong).toThrow(
    /3 problems[\s\S]*\.env\.local {2}OTEL_ENABLED[\s\S]*GRAFANA_PORT[\s\S]*GRAFANA_ADMIN_PASSWORD/,
  );
  expect(wrong).not.toThrow(/secretsecret/);
});

test('variables of the verbs have defaults and bounds', () => {
  expect(readVerbSettings({})).toMatchObject({
    environment: 'development',
    yes: false,
    deleteIn: null,
    forward: true,
    timeoutSeconds: 300,
  });
  expect(readVerbSettings({ YES: '1', DELETE: 'lab', FORWARD: 'no', TIMEOUT: '60' })).toMatchObject({
    yes: true,
    deleteIn: 'lab',
    forward: false,
    timeoutSeconds: 60,
  });
  expect(() => readVerbSettings({ TIMEOUT: 'soon', YES: 'perhaps' })).toThrow(/2 problems/);
});
