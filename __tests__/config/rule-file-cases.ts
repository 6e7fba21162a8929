/** Rule files that Prometheus 3.16 refuses, and such that it loads. */

const alert = (fields: string) => `groups: [{name: own, rules: [{alert: Own, expr: 'up == 0', ${fields}}]}]`;
const expr = (text: string) => `groups: [{name: own, rules: [{alert: Own, for: 5m, expr: ${JSON.stringify(text)}}]}]`;
const template = (text: string) => alert(`for: 5m, annotations: {summary: ${JSON.stringify(text)}}`);

const RULE = 'groups[0].rules[0]';
const SUMMARY = `${RULE}.annotations.summary`;
const EXPR = `${RULE}.expr`;

type Refused = readonly [what: string, text: string, path: string, allowed: RegExp];

const FORM: readonly Refused[] = [
  ['a duration in words', alert('for: ten minutes'), `${RULE}.for`, /duration as 5m/],
  ['a duration without a unit', alert('for: 5'), `${RULE}.for`, /duration/],
  ['units from small to large', alert('for: 5m1h'), `${RULE}.for`, /largest unit first/],
  ['more than Go counts', alert('for: 300y'), `${RULE}.for`, /duration/],
  ['keep_firing_for', alert('for: 1m, keep_firing_for: always'), `${RULE}.keep_firing_for`, /duration/],
  ['query_offset', 'groups: [{name: own, query_offset: later, rules: []}]', 'groups[0].query_offset', /duration/],
  ['interval', 'groups: [{name: own, interval: often, rules: []}]', 'groups[0].interval', /duration/],
  ['limit', 'groups: [{name: own, limit: few, rules: []}]', 'groups[0].limit', /whole number/],
  ['the label of the name', alert('for: 5m, labels: {__name__: x}'), `${RULE}.labels`, /__name__/],
  ['the same in a group', 'groups: [{name: own, labels: {__name__: x}}]', 'groups[0].labels', /__name__/],
  ['a label without a name', alert('for: 5m, labels: {"": x}'), `${RULE}.labels`, /name/],
  ['an annotation without a name', alert('for: 5m, annotations: {"": x}'), `${RULE}.annotations`, /name/],
  ['alert and record', alert('record: x'), `${RULE}.alert`, /one of the two/],
  ['neither', 'groups: [{name: own, rules: [{expr: up}]}]', `${RULE}.alert`, /one of the two/],
  [
    'an alert without a name',
    'groups: [{name: own, rules: [{alert: "", expr: up}]}]',
    `${RULE}.alert`,
    /one of the two/,
  ],
  ['no expression', 'groups: [{name: own, rules: [{alert: A, expr: ""}]}]', EXPR, /PromQL/],
  ['braces in a record', 'groups: [{name: own, rules: [{record: "x{a=1}", expr: up}]}]', `${RULE}.record`, /braces/],
  [
    'for in a record',
    'groups: [{name: own, rules: [{record: x, expr: up, for: 5m}]}]',
    `${RULE}.for`,
    /recording rule/,
  ],
  ['a key that is none', alert('severity: page'), `${RULE}.severity`, /one of the keys/],
  ['a group twice', 'groups: [{name: own}, {name: own}]', 'groups[1].name', /once/],
];

const TEMPLATES: readonly Refused[] = [
  ['a function that is none', template('{{ $value | humanizes }}'), SUMMARY, /no function humanizes: did you mean/],
  ['a variable that is none', template('{{ $values }}'), SUMMARY, /no variable \$values: did you mean \$value/],
  ['if without end', template('{{ if $value }}down'), SUMMARY, /end }} is missing/],
  ['end without if', template('down {{ end }}'), SUMMARY, /end without if/],
  ['braces that stay open', template('{{ $value'), SUMMARY, /not closed/],
  ['a label with a dash', template('{{ $labels.own-job }}'), SUMMARY, /cannot be followed by "-"/],
  ['a pipe to a value', template('{{ $value | 5 }}'), SUMMARY, /only a function may follow/],
  ['an empty action', template('{{ }}'), SUMMARY, /missing/],
  ['a variable in a template of its own', template('{{ define "a" }}{{ $value }}{{ end }}'), SUMMARY, /no variable/],
  ['a template in a label', alert('for: 5m, labels: {team: "{{ team }}"}'), `${RULE}.labels.team`, /no function team/],
];

const EXPRESSIONS: readonly Refused[] = (
  [
    ['an open group', 'up{job=~"("} == 0', /RE2: missing closing/],
    ['a lookahead', 'up{job=~"(?=a)"} == 0', /RE2/],
    ['a back reference', 'up{job=~"(a)\\\\1"} == 0', /RE2/],
    ['too many repeats', 'up{job=~"a{1001}"} == 0', /RE2/],
    ['an escape that is none', 'up{job="\\d"} == 0', /escape/],
    ['nothing but empty conditions', '{job=~".*"} == 0', /needs a name/],
    ['two names', 'up{__name__="down"} == 0', /two names/],
    ['bool in arithmetic', 'up + bool up > 0', /bool/],
    ['group_left of a set', 'up and on (job) group_left up', /many with many/],
    ['a label without a name', 'up and on ("") up', /without a name/],
    ['a label on both sides', 'up + on (job) group_left (job) up > 0', /label job/],
    ['an offset of parentheses', '(up) offset 5m == 0', /offset/],
    ['two offsets', 'up offset 1m offset 2m == 0', /twice/],
    ['a range of nothing', 'rate(up[0s]) > 0', /longer than 0/],
    ['units from small to large', 'rate(up[5s1m]) > 0', /PromQL/],
    ['three arguments', 'topk(1, up, up) > 0', /arguments/],
    ['an experimental function', 'sort_by_label(up) > 0', /experimental/],
  ] as const
).map(([what, text, allowed]) => [what, expr(text), EXPR, allowed]);

export const REFUSED_FILES: readonly Refused[] = [...FORM, ...TEMPLATES, ...EXPRESSIONS];

/** Files that Prometheus loads. */
export const LOADED: readonly (readonly [what: string, text: string])[] = [
  ['a duration of nothing', alert('for: 0')],
  ['a duration of several units', alert('for: 1h30m')],
  ['numbers as texts', alert('for: 5m, labels: {tier: 2}')],
  ['a constant', 'groups: [{name: own, rules: [{record: "a:b", expr: 1}]}]'],
  ['an interval of several units', 'groups: [{name: own, interval: 1m30s, rules: [{record: "a:b", expr: sum(up)}]}]'],
  ['labels that are empty', 'groups: [{name: own, rules: [{record: "a:b", expr: sum(up), labels: }]}]'],
  ['names since Prometheus 3', 'groups: [{name: own, rules: [{record: "a:b", expr: sum(up), labels: {own-area: x}}]}]'],
  ['a group without rules', 'groups: [{name: own}]'],
  ['for: 0 in a recording rule', 'groups: [{name: own, rules: [{record: "a:b", expr: sum(up), for: 0s}]}]'],
  [
    'a merge key',
    'groups: [{name: own, rules: [{<<: &own {for: 5m, expr: up == 0}, alert: A}, {<<: *own, alert: B}]}]',
  ],
  ['braces as text', template('{{ "{{" }}')],
  [
    'else if, with and range',
    template(
      '{{ if eq $value 1.0 }}a{{ else if gt $value 2.0 }}b{{ else }}{{ with $labels.job }}{{ . }}{{ end }}{{ end }}{{ range query "up" }}{{ .Value }}{{ end }}',
    ),
  ],
  ['classes of RE2', expr('up{job=~"\\\\d+[[:alpha:]]\\\\pL(?i:a)"} == 0')],
];
