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
import { liveSenders, podsOfSender } from './pods';
import { type Profile, profileOf, protocolOf } from './services';
import type { SenderWorkload } from './workload';

/** A cause, what shows it, and whether it may be meant so. */
type Mistake = readonly [cause: Cause<Sending>, value: string, isRemark?: boolean];

/** What is wrong with each sender; nothing about one whose spans arrive. */
export function senderFindings(desired: DesiredState, survey: Survey): Finding[] {
  return liveSenders(survey).flatMap((sender) => {
    if (arrives(sender, survey)) return [];
    const { namespace, kind, name, container } = sender;
    const known = survey.series !== null;
    const details = { namespace, kind, name, container, endpoint: desired.places.intake, isSilent: known };
    return mistakesOf(desired, survey, sender).map(([cause, value, isRemark = false]) =>
      findingOf(
        desired,
        cause,
        { part: `${kind}/${name} in ${namespace}`, details: { ...details, value } },
        isRemark ? { isRemark } : {},
      ),
    );
  });
}

/** Whether spans of one of its pods have arrived lately: then its variables are right, whatever they look like. */
export function arrives(sender: SenderWorkload, survey: Survey): boolean {
  const pods = podsOfSender(sender, survey);
  const names = new Set(pods.flatMap(({ metadata, status }) => [metadata.uid, metadata.name, status?.podIP]));
  return survey.series?.spans.some(({ labels: { instance } }) => names.has(instance)) ?? false;
}

/** All mistakes that do not follow from each other. */
function mistakesOf(desired: DesiredState, survey: Survey, sender: SenderWorkload): readonly Mistake[] {
  const profile = profileOf(desired, sender);
  const endpoint = endpointOf(sender);
  // Another team's workload is its own affair, as long as nothing shows that it is to send to this stack.
  const isForeign = !desired.sending.includes(sender.namespace);
  if (endpoint === undefined) return withoutEndpoint(profile, sender, isForeign);
  const off = switchedOff(profile, sender, isForeign);
  if (endpoint === null) return profile.isJan ? off : [];
  const aim = aimOf(desired, survey, sender, endpoint);
  if (aim.kind === 'elsewhere') return [];
  if (aim.kind !== 'ours') return [...off, aimMistake(aim, endpoint, sender, isForeign)];
  return [...off, ...formMistakes(profile, sender, endpoint), ...admission(desired, sender)];
}

function withoutEndpoint({ isJan }: Profile, sender: SenderWorkload, isForeign: boolean): readonly Mistake[] {
  const { values, podPorts, hasUnknownPorts, isOnHost, hasUnknownValues } = sender;
  if (hasUnknownValues) return [];
  // Each service of Jan Server needs an endpoint besides its switch.
  const isOn = ['OTEL_ENABLED', 'ENABLE_TRACING'].find((name) => isTrue(values.get(name)));
  if (isJan) return isOn === undefined ? [] : [[ENDPOINT_MISSING, `${isOn}=${values.get(isOn)}`]];
  // An SDK sends to localhost then, where an agent may listen.
  const hasAgent = isOnHost || [OTLP.grpc, OTLP.http].some((port) => podPorts.includes(port));
  return values.get('OTEL_TRACES_EXPORTER') !== 'otlp' || hasAgent
    ? []
    : [[ENDPOINT_MISSING, 'OTEL_TRACES_EXPORTER=otlp', isForeign || hasUnknownPorts]];
}

/** As strconv.ParseBool of Go reads it. */
const isTrue = (value: string | null | undefined): boolean => /^(1|t|true)$/i.test(value ?? '');

/** Whether a list of exporters has OTLP, which has longer names in Python; true where the list is not known. */
const hasOtlp = (list: string | null): boolean =>
  list === null || list.split(',').some((exporter) => exporter.trim().startsWith('otlp'));

/** Switches that keep a sender with an endpoint from sending. */
function switchedOff(profile: Profile, { values }: SenderWorkload, isForeign: boolean): readonly Mistake[] {
  const { switch: name, isSdk } = profile;
  if (name !== null && values.get(name) !== null && !isTrue(values.get(name)))
    return [[TRACING_OFF, `${name}=${values.get(name) ?? ''}`]];
  if (!isSdk) return [];
  if (values.get('OTEL_SDK_DISABLED')?.toLowerCase() === 'true')
    return [[TRACING_OFF, 'OTEL_SDK_DISABLED=true', isForeign]];
  const { OTEL_TRACES_EXPORTER: traces = 'otlp', OTEL_METRICS_EXPORTER: metrics = '' } = Object.fromEntries(values);
  // A service may send metrics only.
  if (!hasOtlp(traces) && !hasOtlp(metrics)) return [[EXPORTER_NONE, `OTEL_TRACES_EXPORTER=${traces}`, isForeign]];
  const sampler = values.get('OTEL_TRACES_SAMPLER') ?? '';
  const share = values.get('OTEL_TRACES_SAMPLER_ARG') ?? '';
  const isOff = /always_off$/.test(sampler) || (/traceidratio$/.test(sampler) && share !== '' && Number(share) === 0);
  // What a caller has recorded is recorded by a sampler that asks the parent.
  const isRemark = isForeign || sampler === 'parentbased_always_off';
  return isOff ? [[SAMPLER_OFF, `OTEL_TRACES_SAMPLER=${sampler}`, isRemark]] : [];
}

function aimMistake(
  aim: Exclude<Aim, { kind: 'ours' | 'elsewhere' }>,
  { variable, value }: Endpoint,
  { hasUnknownPorts }: SenderWorkload,
  isForeign: boolean,
): Mistake {
  const cause = { local: LOCAL_ENDPOINT, namespace: WRONG_NAMESPACE, service: WRONG_SERVICE }[aim.kind];
  const isOurs = aim.kind === 'service' && aim.isOurs;
  const isRemark = (isForeign && !isOurs) || (aim.kind === 'local' && hasUnknownPorts);
  return [cause, `${variable}=${withoutUser(value)}`, isRemark];
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
