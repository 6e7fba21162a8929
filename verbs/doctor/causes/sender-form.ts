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

/** A cause. @param fix the next step @param value what is wrong in the example */
export function senderCause(
  texts: Pick<Cause<Sending>, 'id' | 'title' | 'meaning'>,
  says: Text,
  fix: (at: At, sending: Sending) => string,
  value: (at: At) => string,
): Cause<Sending> {
  return {
    ...texts,
    section: 'traces',
    found:
      'The variables of the container are compared with what its program reads; those of ConfigMaps are read too, those of Secrets are not. Nothing is printed about a workload whose spans arrive. In a namespace that the environment file does not name it is a remark, unless the endpoint leads to this stack.',
    says: (sending) => `container ${sending.container}: ${says(sending)}${silence(sending)}`,
    next: fix,
    example: (at) => {
      const { namespace = 'jan-server', application = 'jan-server' } = at.places.janServer ?? {};
      const name = `${application}-llm-api`;
      const details = { namespace, kind: 'Deployment', name, container: 'llm-api', value: value(at) };
      return {
        part: `Deployment/${name} in ${namespace}`,
        details: { ...details, endpoint: at.places.intake, isSilent: true },
      };
    },
  };
}

/** The general endpoint of the OpenTelemetry specification. */
export const BASE = 'OTEL_EXPORTER_OTLP_ENDPOINT';
/** Sets the endpoint to the Collector. */
export const toCollector = (at: At, sending: Sending) => setEnv(at, sending, `${variableOf(sending)}=${url(sending)}`);
/** An endpoint of the Collector in a form. */
export const example = (form: (service: string) => string) => (at: At) => `${BASE}=${form(at.places.intake.service)}`;
