/** The form of causes about the variables of a sender. */
import type { Places } from '../../../content/runbooks/places';
import type { At, Cause } from '../cause';

/** A container with a mistake in its variables. */
export interface Sending {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly container: string;
  /** What is wrong: `NAME=value`, or a namespace. */
  readonly value: string;
  /** Where it should send. */
  readonly endpoint: Places['intake'];
  /** Whether Prometheus was asked, and knows no span of it. */
  readonly isSilent: boolean;
}

type Text = (sending: Sending) => string;

const silence = ({ isSilent }: Sending) => (isSilent ? '; no span of it has arrived in the last 5 minutes' : '');
/** The command that sets variables of the container. */
export const setEnv = (
  { commands: { kubectl } }: At,
  { namespace, kind, name, container }: Sending,
  variables: string,
) => kubectl(`-n ${namespace} set env ${kind.toLowerCase()}/${name} -c ${container} ${variables}`);
/** The Collector, over HTTP unless the port is another. */
export const url = ({ endpoint: { service, ports } }: Sending, scheme = 'http://', port = ports[1]) =>
  `${scheme}${service}:${port}`;
/** The name of the variable that is wrong. */
export const variableOf = ({ value }: Sending) => value.split('=')[0] ?? '';

/** Who sends in an example. */
type Sender = (at: At) => Pick<Sending, 'namespace' | 'name' | 'container'>;

const ofJanServer =
  (service: string): Sender =>
  ({ places: { janServer } }) => {
    const { namespace = 'jan-server', application = 'jan-server' } = janServer ?? {};
    return { namespace, name: `${application}-${service}`, container: service };
  };
const LLM_API = ofJanServer('llm-api');
export const REALTIME_API = ofJanServer('realtime-api');
/** One with an SDK, which reads the variables of the OpenTelemetry specification. */
export const WITH_SDK: Sender = () => ({ namespace: 'another-team', name: 'shop', container: 'shop' });

/** A cause. @param fix the next step @param value what is wrong in the example @param sender who does it there */
export function senderCause(
  texts: Pick<Cause<Sending>, 'id' | 'title' | 'meaning'>,
  says: Text,
  fix: (at: At, sending: Sending) => string,
  value: (at: At) => string,
  sender: Sender = LLM_API,
): Cause<Sending> {
  return {
    ...texts,
    section: 'traces',
    found:
      'The variables of the container are compared with what its program reads; those of ConfigMaps are read too, those of Secrets are not. Nothing is printed about a workload whose spans arrive. In a namespace that the environment file does not name it is a remark, unless the endpoint leads to this stack.',
    says: (sending) => `container ${sending.container}: ${says(sending)}${silence(sending)}`,
    next: fix,
    example: (at) => {
      const who = sender(at);
      const details = { ...who, kind: 'Deployment', value: value(at), endpoint: at.places.intake, isSilent: true };
      return { part: `Deployment/${who.name} in ${who.namespace}`, details };
    },
  };
}

/** The general endpoint of the OpenTelemetry specification. */
export const BASE = 'OTEL_EXPORTER_OTLP_ENDPOINT';
/** Sets the endpoint to the Collector. */
export const toCollector = (at: At, sending: Sending) => setEnv(at, sending, `${variableOf(sending)}=${url(sending)}`);
/** An endpoint of the Collector in a form. */
export const example = (form: (service: string) => string) => (at: At) => `${BASE}=${form(at.places.intake.service)}`;
