/** Secrets and personal data that are put where an export reads, and the forms in which they may come out. */
import { stringify } from 'yaml';
import { apply, stackIn } from '../../cluster/cluster';
import { startPod } from '../pods';
import { LIGHT, OVERLAY } from '../stack';

/** Its namespaces. */
export const NAMESPACE = 'e2e-export';
export const JAN = 'e2e-export-jan';

/** The stack whose export is looked through. */
export const stack = stackIn(NAMESPACE, stringify({ janServer: { namespace: JAN }, ...LIGHT, ...OVERLAY }));

/** Values of Secrets. Their forms in JSON and in a URL differ from the value; the second one is short, the third is a file. */
const SECRETS = {
  password: 'S3cr3t/with+signs & "quotes" <here>',
  short: 'zq7w',
  'settings.env': 'MODE=plain\nDB_PASSWORD=hidden-in-a-settings-file\n',
} as const;
const OF_JAN = 'a-secret-of-the-other-namespace';

/** What is in no Secret, and is known by its form. */
const BY_FORM = {
  bearer: 'Q1w2E3r4T5y6U7i8O9p0',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkIn0.c2lnbmF0dXJlLW9mLXBsYW50ZWQ',
  urlPassword: 'url-p4ssw0rd-planted',
  assigned: 'assigned-planted-92',
  slack: 'T000/B000/XXXXplantedXXXX',
  apiKey: 'sk-plantedplantedplanted42',
  pem: 'MIICplantedkeyplantedkeyplantedkey',
  email: 'mary.planted@example.org',
  ipv4: '203.0.113.77',
  ipv6: '2001:db8:77::1234',
} as const;

/** Each string that no file may have. */
export const PLANTED: readonly string[] = [
  SECRETS.password,
  SECRETS.short,
  'hidden-in-a-settings-file',
  OF_JAN,
  ...Object.values(BY_FORM),
];

/** The forms of a string: as it is, in JSON, in a URL, in base64 by itself and after other text. */
export function formsOf(text: string): readonly string[] {
  const encoded = (before: string) => {
    // Only what the text alone decides: neither what comes before it nor what fills it up.
    const whole = Buffer.from(before + text).toString('base64');
    return whole.slice(Math.ceil((before.length * 4) / 3) + 1, -4);
  };
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    ...['', 'a', 'ab'].map(encoded).filter((form) => form.length >= 8),
  ];
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Words beside each plant, which must come out: without them a file without plants would prove nothing. */
export const MARKS = ['mark-of-the-log', 'mark-of-the-configmap', 'mark-of-the-variable', 'mark-of-the-annotation'];
const [OF_LOG, OF_MAP, OF_VARIABLE, OF_ANNOTATION] = MARKS as [string, string, string, string];

const lines = (mark: string): string =>
  [
    `${mark} plain ${SECRETS.password} end`,
    `${mark} json ${JSON.stringify({ nested: JSON.stringify({ key: SECRETS.password }) })}`,
    `${mark} base64 ${base64(SECRETS.password)} in more ${base64(`user:${SECRETS.password}:${BY_FORM.email}`)}`,
    `${mark} url https://example.com/?a=${encodeURIComponent(SECRETS.password)}&b=${encodeURIComponent(BY_FORM.email)}`,
    `${mark} short ${SECRETS.short} file hidden-in-a-settings-file other ${OF_JAN}`,
    `${mark} Authorization: Bearer ${BY_FORM.bearer}`,
    `${mark} {"authorization":"Basic ${base64(`user:${BY_FORM.assigned}`)}"}`,
    `${mark} jwt ${BY_FORM.jwt} key ${BY_FORM.apiKey}`,
    `${mark} postgres://user:${BY_FORM.urlPassword}@db.example.com/x https://hooks.slack.com/services/${BY_FORM.slack}`,
    `${mark} DB_PASSWORD=${BY_FORM.assigned} {"client_secret": "${BY_FORM.assigned}"} --api-key ${BY_FORM.assigned}`,
    `${mark} from ${BY_FORM.email} at ${BY_FORM.ipv4}:8080 and [${BY_FORM.ipv6}]:443, base64 ${base64(BY_FORM.email)}`,
    `-----BEGIN PRIVATE KEY-----\n${BY_FORM.pem}\n-----END PRIVATE KEY-----`,
  ].join('\n');

/** What an export would have without the removal: the search must find each string in it. */
export const RAW = lines('raw');

/** Values of Secrets that are public names: the environment, and the name of an object. */
const PUBLIC = { environment: 'test', name: 'otel-collector' };

/** Plants all of them in Secrets, a ConfigMap, and the variables, the annotations and the log of a pod. */
export function plant(): void {
  const secret = (namespace: string, stringData: object) =>
    apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'planted', namespace }, stringData });
  apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: JAN } });
  secret(NAMESPACE, SECRETS);
  secret(JAN, { token: OF_JAN });
  apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'public', namespace: JAN }, stringData: PUBLIC });
  const annotations = { 'example.com/planted': lines(OF_ANNOTATION) };
  apply({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'planted', namespace: NAMESPACE, annotations },
    data: { 'settings.txt': lines(OF_MAP), password: BY_FORM.assigned },
  });
  startPod({
    name: 'planted',
    namespace: NAMESPACE,
    program: 'print',
    env: { TEXT: `${lines(OF_LOG)}\n${lines(OF_VARIABLE)}`, APP_TOKEN: BY_FORM.assigned },
  });
}
