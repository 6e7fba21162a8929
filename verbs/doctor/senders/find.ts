/** Mistakes in the variables of workloads that send telemetry. */
import type { Cause } from '../cause';
import {
  COLLECTOR_PORT,
  ENDPOINT_PATH,
  ENDPOINT_SCHEME,
  ENDPOINT_TLS,
  GRPC_PORT,
  HTTP_PORT,
  LOCAL_ENDPOINT,
  WRONG_NAMESPACE,
  WRONG_SERVICE,
} from '../causes/endpoints';
import type { Sending } from '../causes/sender-form';
import { ENDPOINT_MISSING, EXPORTER_NONE, NOT_ADMITTED, SAMPLER_OFF, TRACING_OFF } from '../causes/senders';
import type { DesiredState } from '../desired-state';
import { type Finding, findingOf } from '../finding';
import type { Survey } from '../survey';
import { isAdmitted } from './admitted';
import { type Aim, aimOf, BASE_ENDPOINT, type Endpoint, endpointOf, OTLP } from './endpoint';
import { type Profile, profileOf, protocolOf } from './services';
import type { SenderWorkload } from './workload';

type Mistake = readonly [cause: Cause<Sending>, value: string];

/** What is wrong with each sender; nothing about one whose spans arrive. */
export function senderFindings(desired: DesiredState, survey: Survey): Finding[] {
  return survey.senders.flatMap((sender) => {
    if (arrives(sender, survey)) return [];
    const { namespace, kind, name, container } = sender;
    const known = survey.series !== null;
    const details = { namespace, kind, name, container, endpoint: desired.places.intake, isSilent: known };
    return mistakesOf(desired, survey, sender).map(([cause, value]) =>
      findingOf(desired, cause, { part: `${kind}/${name} in ${namespace}`, details: { ...details, value } }),
    );
  });
}

/** Whether spans of one of its pods have arrived lately: then its variables are right, whatever they look like. */
function arrives({ namespace, labels }: SenderWorkload, { series, neighbours }: Survey): boolean {
  const pods = (neighbours.get(namespace)?.pods ?? []).filter(({ metadata }) =>
    Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value),
  );
  const names = new Set(pods.flatMap(({ metadata, status }) => [metadata.uid, metadata.name, status?.podIP]));
  return series?.spans.some(({ labels: { instance } }) => names.has(instance)) ?? false;
}

/** All mistakes that do not follow from each other. */
function mistakesOf(desired: DesiredState, survey: Survey, sender: SenderWorkload): readonly Mistake[] {
  const profile = profileOf(desired, sender);
  const endpoint = endpointOf(sender);
  if (endpoint === undefined) return withoutEndpoint(profile, sender);
  const off = switchedOff(profile, sender);
  if (endpoint === null) return off;
  const aim = aimOf(desired, survey, sender, endpoint);
  if (aim.kind === 'elsewhere') return [];
  const mistakes = aim.kind === 'ours' ? formMistakes(profile, sender, endpoint) : [aimMistake(aim, endpoint)];
  return [...off, ...mistakes, ...(aim.kind === 'ours' ? admission(desired, sender) : [])];
}

function withoutEndpoint({ isJan }: Profile, { values }: SenderWorkload): readonly Mistake[] {
  // Each service of Jan Server needs an endpoint besides its switch.
  const isOn = ['OTEL_ENABLED', 'ENABLE_TRACING'].find((name) => values.get(name) === 'true');
  if (isJan) return isOn === undefined ? [] : [[ENDPOINT_MISSING, `${isOn}=true`]];
  const exporter = values.get('OTEL_TRACES_EXPORTER');
  return exporter === 'otlp' ? [[ENDPOINT_MISSING, 'OTEL_TRACES_EXPORTER=otlp']] : [];
}

/** Switches that keep a sender with an endpoint from sending. */
function switchedOff(profile: Profile, { values }: SenderWorkload): readonly Mistake[] {
  const { switch: name, isSdk } = profile;
  if (name !== null && values.get(name) !== null && values.get(name) !== 'true')
    return [[TRACING_OFF, `${name}=${values.get(name) ?? ''}`]];
  if (!isSdk) return [];
  if (values.get('OTEL_SDK_DISABLED') === 'true') return [[TRACING_OFF, 'OTEL_SDK_DISABLED=true']];
  const exporter = values.get('OTEL_TRACES_EXPORTER') ?? 'otlp';
  // A service may send metrics only.
  if (!exporter.split(',').includes('otlp') && values.get('OTEL_METRICS_EXPORTER') !== 'otlp')
    return [[EXPORTER_NONE, `OTEL_TRACES_EXPORTER=${exporter}`]];
  const sampler = values.get('OTEL_TRACES_SAMPLER') ?? '';
  const share = values.get('OTEL_TRACES_SAMPLER_ARG') ?? '1';
  const isOff = /always_off$/.test(sampler) || (/traceidratio$/.test(sampler) && Number(share) === 0);
  return isOff ? [[SAMPLER_OFF, `OTEL_TRACES_SAMPLER=${sampler}`]] : [];
}

function aimMistake(aim: Exclude<Aim, { kind: 'ours' | 'elsewhere' }>, { variable, value }: Endpoint): Mistake {
  const cause = { local: LOCAL_ENDPOINT, namespace: WRONG_NAMESPACE, service: WRONG_SERVICE }[aim.kind];
  return [cause, `${variable}=${withoutUser(value)}`];
}

/** An endpoint that leads to the Collector, in a form that does not work. */
function formMistakes(profile: Profile, sender: SenderWorkload, endpoint: Endpoint): readonly Mistake[] {
  const { variable, scheme, port, path } = endpoint;
  const value = `${variable}=${withoutUser(endpoint.value)}`;
  const protocol = protocolOf(profile, sender);
  const isBase = variable === BASE_ENDPOINT;
  const isHttp = protocol === 'http' || (protocol === null && path.startsWith('/v1/'));
  const causes: readonly (Cause<Sending> | false)[] = [
    scheme === 'https' ? ENDPOINT_TLS : !isScheme(profile, protocol, scheme) && ENDPOINT_SCHEME,
    port === OTLP.grpc ? isHttp && GRPC_PORT : port === OTLP.http ? protocol === 'grpc' && HTTP_PORT : COLLECTOR_PORT,
    hasWrongPath(isBase, protocol, path) && ENDPOINT_PATH,
  ];
  return causes.filter((cause) => cause !== false).map((cause) => [cause, value]);
}

function isScheme(profile: Profile, protocol: 'http' | 'grpc' | null, scheme: string | null): boolean {
  if (scheme === null) return profile.scheme !== 'required' || protocol === 'grpc';
  return profile.scheme !== 'forbidden' && ['http', 'https'].includes(scheme);
}

/** SDKs append `/v1/traces` to the general endpoint, and nothing to the one of traces; gRPC has no path. */
function hasWrongPath(isBase: boolean, protocol: 'http' | 'grpc' | null, path: string): boolean {
  if (isBase || protocol === 'grpc') return path !== '' && path !== '/';
  return protocol === 'http' ? path !== '/v1/traces' : !['', '/', '/v1/traces'].includes(path);
}

const admission = (desired: DesiredState, sender: SenderWorkload): readonly Mistake[] =>
  isAdmitted(desired, sender) ? [] : [[NOT_ADMITTED, sender.namespace]];

/** A URL may have a password. */
const withoutUser = (value: string): string => value.replace(/\/\/[^/@]*@/, '//');
