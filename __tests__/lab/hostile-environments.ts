/** Texts that mean something to one program or another, in the places where a user writes text. */
import fc from 'fast-check';
import type { EnvironmentInput } from '../../stack/settings';
import { LOADED, REFUSED_FILES } from '../config/rule-file-cases';

const pieces = [
  '${file:/etc/hostname}',
  '$${env:X}',
  '$1',
  '$$',
  '$(POD_IP)',
  '{{ end }}',
  '{{',
  '}}',
  '{',
  '%',
  "'",
  '"',
  '\\',
  'é',
  ' ',
  'a',
  '#',
  '`',
  '|',
  '(',
  '[',
  '*',
];
const text = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 5 }).map((parts) => `x${parts.join('')}x`);
/** The same without signs that free text of one line must not have; those are refused, and would leave little to judge. */
const line = text.map((given) => given.replace(/["'`$;#\\]/g, ''));
const either = fc.oneof(line, line, line, text);
const path = text.map((given) => given.replace(/[\s@?#]/g, ''));

const slo = fc.record({ description: either, value: either }).map(({ description, value }) => ({
  name: 'own',
  description,
  service: 'llm-api',
  objective: 99.5,
  window: '7d',
  indicator: {
    type: 'ratio',
    total: ['traces_span_metrics_calls_total{service_name="llm-api"}'],
    bad: [`traces_span_metrics_calls_total{service_name="llm-api",status_code=~${JSON.stringify(value)}}`],
  },
}));

const store = fc.record({ path, header: either, user: either }).map(({ path: below, header, user }) => ({
  name: 'own',
  url: `https://store.example.com/${below}/v1/metrics`,
  headers: { 'X-Scope-OrgID': header },
  basicAuth: { username: user, passwordSecret: { name: 'own', key: 'password' } },
}));

/** Changes to an environment that put such texts into it. */
export const hostile = fc
  .record({ slo, store, cluster: either, runbooks: path, owner: either })
  .map(({ slo: objective, store: destination, cluster, runbooks, owner }) => (input: EnvironmentInput) => ({
    slos: [objective],
    janServer: input.janServer ?? {},
    cluster: { ...input.cluster, name: cluster },
    collector: { ...input.collector, otlpMetrics: [destination], queue: { storage: '1Ti' } },
    prometheus: { ...input.prometheus, remoteWrite: [destination] },
    alerts: {
      ...input.alerts,
      runbookUrl: `https://git.example.com/${runbooks}/`,
      owners: /^[\w .@/-]+$/.test(owner) ? { platform: owner, services: 'x' } : {},
    },
  }));

const one = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const duration = one('5m', '1h30m', '0', '0s', '5', '1m1h', '1d12h', 'soon', '', '-5m', '5m ', '1.5h', '400y');
const name = one('team', 'own-team', 'é', '__name__', '', 'a b', '{{', 'alertname', 'severity');
const template = fc
  .array(
    one(
      '{{ $value }}',
      '{{ $labels.job }}',
      '{{ humanize $value }}',
      '{{ if $value }}',
      '{{ end }}',
      '{{ else }}',
      '{{',
      '}}',
      '{{ . }}',
      '{{ range query "up" }}',
      '{{ with $labels }}',
      '{{ $x := 1 }}',
      '{{ $x }}',
      '{{- /* a */ -}}',
      '{{ "\\q" }}',
      '{{ define "a" }}',
      '{{ template "a" . }}',
      ' down ',
      '{{ $value | banana }}',
      '{{ printf "%.2f" $value | title }}',
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''));
const expr = one(
  'up == 0',
  'sum(up) > 1',
  'up{job=~"("} == 0',
  'up{job=~"a{2}"} == 0',
  '1',
  'up offset 1m > 0',
  'rate(up[5m',
  'absent(up{job="a"})',
  'up{job!~"(?i)a|b"} == 0',
);
const some = { requiredKeys: ['expr'] as 'expr'[] };
const rule = fc.oneof(
  fc.record(
    {
      alert: one('Own', 'Own Name', ''),
      expr,
      for: duration,
      keep_firing_for: duration,
      labels: fc.dictionary(name, template, { maxKeys: 2 }),
      annotations: fc.dictionary(name, template, { maxKeys: 2 }),
    },
    { requiredKeys: ['alert', 'expr'] },
  ),
  fc.record(
    {
      record: one('a:b', 'own-record', 'x{a=1}', 'é'),
      expr,
      labels: fc.dictionary(name, template, { maxKeys: 2 }),
      for: duration,
    },
    some,
  ),
);
const group = fc.record(
  {
    name: one('own', 'é', ''),
    interval: duration,
    limit: one<unknown>(0, 5, -1, 'x'),
    query_offset: duration,
    labels: fc.dictionary(name, text, { maxKeys: 1 }),
    rules: fc.array(rule, { maxLength: 2 }),
  },
  { requiredKeys: ['name', 'rules'] },
);

/** Rule files, right and wrong. */
export const ruleFile = fc.oneof(
  { weight: 9, arbitrary: fc.record({ groups: fc.array(group, { maxLength: 2 }) }) as fc.Arbitrary<unknown> },
  { weight: 1, arbitrary: fc.constantFrom(...LOADED, ...REFUSED_FILES).map(([, file]): unknown => file) },
);
