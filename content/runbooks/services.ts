/** Steps of runbooks about services: traces, pods and logs of Jan Server, and rollouts. */
import { connect, logOf, pageOf, podsOf } from './checks';
import type { Places, Program } from './places';
import type { Check } from './runbook';

/** The namespace of the services in commands; a placeholder where Jan Server is not in this cluster. */
export const servicesNamespace = ({ janServer }: Places): string => janServer?.namespace ?? 'NAMESPACE';

/** The explanation of that placeholder; empty if the command has none. */
export const namespaceExplained = ({ janServer }: Places): string =>
  janServer === null ? ' NAMESPACE is that of your services.' : '';

/** One of Jan Server's Deployments in commands; a placeholder where Jan Server is not in this cluster. */
export const deployment = ({ janServer }: Places, component: string): string =>
  janServer === null ? 'NAME' : `${janServer.application}-${component}`;

/** The command that restarts one of Jan Server's services. */
export const restartService = (at: Places, component: string): string =>
  `kubectl rollout restart deployment/${deployment(at, component)} -n ${servicesNamespace(at)}`;

/** How to make a service send spans to this stack, as part of a sentence. */
export const howToSend = (at: Places): string =>
  at.janServer === null
    ? `they send OTLP to \`${at.intake.service}\`, port ${at.intake.ports.join(' or ')}`
    : `\`${connect(at)}\` prints what Jan Server needs`;

/** A search in Jaeger. @param search what to fill in, as `Service llm-api, Tags error=true` */
export const traces = (at: Places, search: string): Check =>
  pageOf(at.jaegerReader, `Traces. In Jaeger, Search: ${search}.`, '/search');

/** One of Jan Server's services, by the value of their label app.kubernetes.io/component. */
const janProgram = ({ janServer }: Places, component: string): Program | null =>
  janServer && {
    title: component,
    namespace: janServer.namespace,
    selector: `app.kubernetes.io/component=${component}`,
  };

/**
 * Lines of the log of one of Jan Server's services.
 * @param words only lines with one of them, as `error|timeout`
 */
export const janLog = (at: Places, component: string, look: string, words: string): Check | null =>
  logOf(janProgram(at, component), look, words);

/** The pods of one of Jan Server's services. */
export const janPods = (at: Places, component: string): Check | null => podsOf(janProgram(at, component));

/** Rolls back the last rollout. */
export const undo = (at: Places): string =>
  `If something was rolled out just before (\`kubectl rollout history deployment -n ${servicesNamespace(at)}\`), take it back: \`kubectl rollout undo deployment/NAME -n ${servicesNamespace(at)}\`.`;
