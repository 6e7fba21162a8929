/** What is broken for each judge of files, and what the judge must say of it. */
import { PORTS } from '../../../lib/endpoint';
import { type Break, type Edit, inFile, inObject, inPod, without } from './broken';

/** One thing that is broken. */
export type Case = readonly [what: string, change: Break, problem: RegExp];

const collector = inFile('otel-collector-config', 'config.yaml');
const prometheus = inFile('prometheus-config', 'prometheus.yaml');
const rules = inFile('prometheus-rules', 'stack.yaml');
const alertmanager = inFile('alertmanager-config', 'alertmanager.yaml');
const jaeger = inFile('jaeger-config', 'config.yaml');
const datasources = inFile('grafana-datasources', 'datasources.yaml');
const dashboard = inFile('grafana-dashboard-jan-server-overview', 'jan-server-overview.json');
/** The port by which the Collector sends spans to Jaeger. */
const SPANS = PORTS.otlpHttp.port;
const SPANS_DENIED = new RegExp(`otel-collector to jaeger:${SPANS}/TCP: .*denied`);
const CONTAINER = ['containers', 0] as const;

/** Sets the expression of an alert. */
const alert = (name: string, expr: string): Break =>
  rules((edit) => {
    const groups = edit.get('groups') as readonly { readonly rules: readonly { readonly alert: string }[] }[];
    const group = groups.findIndex((each) => each.rules.some((rule) => rule.alert === name));
    const rule = groups[group]?.rules.findIndex((each) => each.alert === name) ?? -1;
    edit.set(expr, 'groups', group, 'rules', rule, 'expr');
  });

/** The place of a scrape job in the file. */
const scrapeJob = (edit: Edit, name: string): number =>
  (edit.get('scrape_configs') as readonly { readonly job_name: string }[]).findIndex(
    ({ job_name }) => job_name === name,
  );

/** The place of a NetworkPolicy's rule for a port. */
const ruleFor = (edit: Edit, direction: 'ingress' | 'egress', port: number): number =>
  (edit.get('spec', direction) as readonly { readonly ports?: readonly { readonly port: number }[] }[]).findIndex(
    ({ ports }) => ports?.some((entry) => entry.port === port),
  );

const policy = (name: string, change: Parameters<typeof inObject>[2]) => inObject('NetworkPolicy', name, change);
const away = { url: 'http://a/', basic_auth: { username: 'a', password_file: '/run/none' } };

/** For the judges that need the files only, by the judge's name. */
export const BROKEN_FILES: Readonly<Record<string, readonly Case[]>> = {
  'otelcol validate': [
    ['an unknown key', collector((edit) => edit.set('a:1', 'exporters', 'otlp_http/jaeger', 'endpiont')), /endpiont/],
    [
      'an exporter that is not configured',
      collector((edit) => edit.remove('exporters', 'prometheus')),
      /references exporter "prometheus"/,
    ],
    [
      'OTTL that does not parse',
      collector((edit) => edit.add('set(', 'processors', 'transform/instance', 'trace_statements', 0, 'statements')),
      /statement has invalid syntax/,
    ],
    [
      'a variable that is not set',
      inPod('otel-collector', (edit) => edit.remove(...CONTAINER, 'env', 0)),
      /uses POD_IP/,
    ],
    ['a ConfigMap that is not there', without('ConfigMap', 'otel-collector-config'), /does not exist/],
  ],
  'promtool check and test': [
    ['PromQL that does not parse', alert('TargetDown', 'sum(up'), /unclosed left parenthesis/],
    ['an unknown key', prometheus((edit) => edit.set('15s', 'global', 'scrape_intervall')), /scrape_intervall/],
    [
      'a regular expression that does not parse',
      prometheus((edit) => edit.set('(', 'scrape_configs', 1, 'relabel_configs', 0, 'regex')),
      /missing closing \)/,
    ],
    [
      'a pattern that matches no rule file',
      prometheus((edit) => edit.set(['/etc/prometheus/rules/*.yml'], 'rule_files')),
      /match 0 files/,
    ],
    [
      'a rule file that is not mounted',
      inPod('prometheus', (edit) => edit.remove(...CONTAINER, 'volumeMounts', 1)),
      /match 0 files/,
    ],
    ['a password file that is not there', prometheus((edit) => edit.set([away], 'remote_write')), /no such file/],
    [
      'the same rule twice',
      rules((edit) => edit.add(edit.get('groups', 0, 'rules', 0), 'groups', 0, 'rules')),
      /[Dd]uplicate/,
    ],
    [
      'an alert that never fires',
      alert('CollectorDropsSpans', 'otelcol_exporter_send_failed > 0'),
      /CollectorDropsSpans/,
    ],
    ['an alert that always fires', alert('TargetDown', 'up >= 0'), /TargetDown/],
  ],
  'amtool check-config': [
    ['an unknown key', alertmanager((edit) => edit.set('30s', 'route', 'group_wate')), /group_wate/],
    [
      'a route to a receiver that is not defined',
      alertmanager((edit) => edit.set('somebody', 'route', 'routes', 0, 'receiver')),
      /undefined receiver "somebody"/,
    ],
    [
      'a matcher that does not parse',
      alertmanager((edit) => edit.set(['severity=~"("'], 'inhibit_rules', 0, 'source_matchers')),
      /missing closing \)|error parsing/,
    ],
    [
      'a webhook without a URL',
      alertmanager((edit) => edit.add({ name: 'a', webhook_configs: [{}] }, 'receivers')),
      /one of url or url_file/,
    ],
    [
      'a file with a URL that is not mounted',
      alertmanager((edit) => edit.add({ name: 'a', webhook_configs: [{ url_file: '/run/none' }] }, 'receivers')),
      /\/run\/none: no such file/,
    ],
    ['a ConfigMap that is not there', without('ConfigMap', 'alertmanager-config'), /does not exist/],
  ],
  'jaeger validate, and start': [
    ['an unknown key', jaeger((edit) => edit.set('/', 'extensions', 'jaeger_query', 'basepath')), /basepath/],
    [
      'a store that is not configured',
      jaeger((edit) => edit.set('other', 'exporters', 'jaeger_storage_exporter', 'trace_storage')),
      /other/,
    ],
    ['no pipeline', jaeger((edit) => edit.remove('service', 'pipelines')), /at least one pipeline/],
    [
      'a pipeline without receivers',
      jaeger((edit) => edit.set([], 'service', 'pipelines', 'traces', 'receivers')),
      /at least one receiver/,
    ],
  ],
  'schema of Jaeger 2.20': [
    ['an unknown key', jaeger((edit) => edit.set('/', 'extensions', 'jaeger_query', 'base_paht')), /base_paht/],
    [
      'a store that is not configured',
      jaeger((edit) => edit.set('other', 'extensions', 'jaeger_query', 'storage', 'traces')),
      /names other/,
    ],
    ['no pipeline', jaeger((edit) => edit.remove('service', 'pipelines')), /pipelines/],
    [
      'a queue without its sizes, which have no defaults',
      jaeger((edit) => edit.set({ wait_for_result: true }, 'exporters', 'jaeger_storage_exporter', 'queue')),
      /queue/,
    ],
    [
      'a memory that is lost',
      jaeger((edit) => edit.set(true, 'extensions', 'jaeger_storage', 'backends', 'main', 'badger', 'ephemeral')),
      /ephemeral/,
    ],
  ],
  'Grafana: schemas, data sources, queries': [
    [
      'a uid that nobody provides',
      dashboard((edit) => edit.set('mimir', 'panels', 1, 'targets', 0, 'datasource', 'uid')),
      /no data source mimir/,
    ],
    [
      'a query that does not parse',
      dashboard((edit) => edit.set('sum(rate(up[$__rate_interval])', 'panels', 1, 'targets', 0, 'expr')),
      /unclosed left parenthesis/,
    ],
    ['a misspelt key', datasources((edit) => edit.set({}, 'datasources', 0, 'jsondata')), /jsondata/],
    [
      'two default datasources',
      datasources((edit) => edit.set(true, 'datasources', 1, 'isDefault')),
      /exactly one default/,
    ],
    [
      'two panels with one id',
      dashboard((edit) => edit.set(edit.get('panels', 2, 'id'), 'panels', 1, 'id')),
      /ids of panels/,
    ],
  ],
  'kubeconform -strict, Kubernetes 1.29 to 1.37': [
    ['an unknown field', inPod('prometheus', (edit) => edit.set(false, 'enableServiceLink')), /enableServiceLink/],
    ['a wrong type', inObject('Deployment', 'jaeger', (edit) => edit.set('one', 'spec', 'replicas')), /replicas/],
    [
      'an API that is gone',
      inObject('Deployment', 'jaeger', (edit) => edit.set('apps/v1beta1', 'apiVersion')),
      /could not find schema/,
    ],
  ],
  'NetworkPolicies against configurations': [
    [
      'a missing edge',
      policy('otel-collector', (edit) => edit.remove('spec', 'egress', ruleFor(edit, 'egress', SPANS))),
      SPANS_DENIED,
    ],
    [
      'an edge at one end only',
      policy('jaeger', (edit) => edit.remove('spec', 'ingress', ruleFor(edit, 'ingress', SPANS))),
      SPANS_DENIED,
    ],
    [
      'an edge too many',
      policy('jaeger', (edit) => edit.add({ ports: [{ port: 16686 }] }, 'spec', 'ingress')),
      /a stranger to jaeger:16686\/TCP: it is allowed/,
    ],
    ['no policy for a program', without('NetworkPolicy', 'prometheus'), /to prometheus:9090\/TCP: .*denied/],
    [
      'a policy that opens everything',
      policy('grafana', (edit) => edit.add({}, 'spec', 'egress')),
      /grafana to cloud metadata:80\/TCP: it is allowed/,
    ],
    ['no names', without('NetworkPolicy', 'allow-dns'), /to kube-dns:53\/UDP: .*denied/],
    [
      'a datasource elsewhere',
      datasources((edit) => edit.set('http://tempo.example.com:3200', 'datasources', 1, 'url')),
      /grafana to outside:3200\/TCP: .*denied/,
    ],
    [
      'a receiver that nobody may write to',
      alertmanager((edit) =>
        edit.add({ name: 'a', webhook_configs: [{ url: 'http://a.example.com:8080/' }] }, 'receivers'),
      ),
      /alertmanager to outside:8080\/TCP: .*denied/,
    ],
    [
      'Alertmanagers that Prometheus no longer tells',
      prometheus((edit) => {
        edit.remove('alerting');
        edit.remove('scrape_configs', scrapeJob(edit, 'alertmanager'));
      }),
      /prometheus to alertmanager:9093\/TCP: it is allowed/,
    ],
    [
      'a scrape job that is gone',
      prometheus((edit) => edit.remove('scrape_configs', 1)),
      /prometheus to otel-collector:8889\/TCP: it is allowed/,
    ],
    [
      'a probe of no port',
      inPod('jaeger', (edit) => edit.set('nope', ...CONTAINER, 'readinessProbe', 'httpGet', 'port')),
      /no such port/,
    ],
  ],
  'kube-score': [
    [
      'no memory limit',
      inPod('prometheus', (edit) => edit.remove(...CONTAINER, 'resources', 'limits', 'memory')),
      /Memory limit/i,
    ],
    [
      'a root file system that can be written',
      inPod('jaeger', (edit) => edit.remove(...CONTAINER, 'securityContext', 'readOnlyRootFilesystem')),
      /writable root/,
    ],
  ],
  checkov: [
    [
      'a privileged container',
      inPod('jaeger', (edit) => edit.set(true, ...CONTAINER, 'securityContext', 'privileged')),
      /CKV_K8S_16/,
    ],
    [
      'capabilities',
      inPod('jaeger', (edit) => edit.remove(...CONTAINER, 'securityContext', 'capabilities')),
      /CKV_K8S_(28|37)/,
    ],
  ],
};
