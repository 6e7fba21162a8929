import { IMAGES } from '../../config/images';
import { loadEnvironments } from '../../stack/load';
import { WARNINGS, warningsOf, warningText } from '../../stack/warnings';
import { configFrom, ROOT } from '../support';

const paths = (text: string) => warningsOf(configFrom(text)).map(({ path }) => path);

const SECRET_PATH = 'https://m.example.com/write/5f3c2a1b9d8e7f60';
const KNOWN_PATHS = [
  'https://m.example.com/api/v1/push',
  'https://m.example.com/prometheus-remote-write/tenant-12',
  'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1a2b3c4d-5e6f-7a8b-9c0d-112233445566/api/v1/remote_write',
];

const CASES: Readonly<Record<string, { readonly warned: readonly string[]; readonly silent: readonly string[] }>> = {
  'prometheus.query': {
    warned: ['prometheus: {replicas: 2}'],
    silent: ['', "prometheus: {replicas: 2, query: {url: 'https://mimir.example.com/prometheus'}}"],
  },
  'kubelet.verifyCertificates': {
    warned: ['', 'platform: kind', 'platform: openshift'],
    silent: [
      'kubelet: {verifyCertificates: false}',
      'kubelet: {verifyCertificates: true}',
      'kubelet: {enabled: false}',
      'platform: eks',
    ],
  },
  'images.jaeger.tag': {
    warned: ['images: {jaeger: {tag: 2.21.0}}', 'images: {jaeger: {tag: v3.0.0-rc1}}'],
    silent: ['', 'images: {jaeger: {tag: 2.20.1}}', 'images: {jaeger: {tag: nightly}}'],
  },
  'prometheus.remoteWrite': {
    warned: [`prometheus: {remoteWrite: [{name: a, url: '${SECRET_PATH}'}]}`],
    silent: KNOWN_PATHS.map((url) => `prometheus: {remoteWrite: [{name: a, url: '${url}'}]}`),
  },
  'prometheus.query.url': {
    warned: [`prometheus: {query: {url: '${SECRET_PATH}'}}`],
    silent: KNOWN_PATHS.map((url) => `prometheus: {query: {url: '${url}'}}`),
  },
  'prometheus.alertmanagers': {
    warned: [`prometheus: {alertmanagers: [{name: a, url: '${SECRET_PATH}'}]}`],
    silent: KNOWN_PATHS.map((url) => `prometheus: {alertmanagers: [{name: a, url: '${url}'}]}`),
  },
  'collector.otlpMetrics': {
    warned: [`collector: {queue: {storage: 20Gi}, otlpMetrics: [{name: a, url: '${SECRET_PATH}'}]}`],
    silent: KNOWN_PATHS.map((url) => `collector: {queue: {storage: 20Gi}, otlpMetrics: [{name: a, url: '${url}'}]}`),
  },
  'jaeger.store.urls': {
    warned: [`jaeger: {store: {type: opensearch, urls: ['${SECRET_PATH}']}}`],
    silent: ['', "jaeger: {store: {type: opensearch, urls: ['https://search.example.com:9200']}}"],
  },
};

test('every warning has cases', () => {
  expect(Object.keys(CASES)).toEqual(WARNINGS.map(({ path }) => path));
});

test.each(Object.entries(CASES))('%s is said where it matters, and only there', (path, { warned, silent }) => {
  for (const text of warned) expect(paths(text)).toContain(path);
  for (const text of silent) expect(paths(text)).not.toContain(path);
});

test('a warning names the file, the field, and what to write', () => {
  expect(warningText(configFrom('prometheus: {replicas: 2}\nkubelet: {enabled: false}'))).toMatch(
    /^warning {2}environments\/test\.yaml {2}prometheus\.query\n {4}what {2}.+\n {4}fix {3}prometheus\.query: .+\n$/,
  );
});

test('the Jaeger that is shipped still has the API that Grafana asks', () => {
  expect(paths(`images: {jaeger: {tag: ${IMAGES.jaeger.tag}}}`)).not.toContain('images.jaeger.tag');
});

test('our own environments have said what they mean', () => {
  expect(loadEnvironments(ROOT).map(warningText)).toEqual(['', '']);
});
