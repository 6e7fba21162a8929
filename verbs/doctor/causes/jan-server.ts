/** Jan Server's namespace, the permissions of the stack there, and its services as targets. */
import { type AnyCause, type At, type Cause, entryOf } from '../cause';

const place = ({ places: { janServer } }: At) => janServer ?? { namespace: 'jan-server', application: 'jan-server' };

/** A namespace. */
interface Place {
  readonly namespace: string;
}

export const NAMESPACE_MISSING: Cause<Place> = {
  id: 'target-namespace-missing',
  section: 'metrics',
  title: 'The namespace of Jan Server does not exist',
  meaning:
    'The stack runs without it, and finds Jan Server once it is installed and the permissions have been applied. This is a remark: the exit code stays 0.',
  isRemark: true,
  found: 'The API server has no namespace of the name in janServer.namespace.',
  says: ({ namespace }) => `it does not exist, so that there are no targets and no senders in ${namespace}`,
  next: ({ commands, places: { environment } }) =>
    `install Jan Server there, or correct janServer.namespace in environments/${environment}.yaml; then ${commands.make('monitor-up')}`,
  example: (at) => ({ part: `Namespace/${place(at).namespace}`, details: place(at) }),
};

/** Permissions that are missing. */
interface Rights extends Place {
  readonly missing: readonly string[];
}

export const RIGHTS_MISSING: Cause<Rights> = {
  id: 'target-permissions-missing',
  section: 'metrics',
  title: 'The stack has no permissions in the namespace of Jan Server',
  meaning:
    'Prometheus and the Collector find the pods of Jan Server by a Role and a RoleBinding in its namespace. They are in a folder of their own, which is applied once that namespace exists; they go with it when it is deleted.',
  found: 'The Roles and RoleBindings in the namespace are compared with those that are rendered.',
  says: ({ missing }) => `it lacks ${missing.join(', ')}`,
  next: ({ commands }) => commands.make('monitor-up'),
  example: (at) => ({
    part: `Namespace/${place(at).namespace}`,
    details: { ...place(at), missing: [`RoleBinding/${at.places.namespace}-prometheus-discovery`] },
  }),
};

/** A service that is not found as a target. */
interface Target extends Place {
  readonly service: string;
  readonly application: string;
  /** Name of the Service object. */
  readonly object: string;
  readonly port: number;
  /** What it has instead: labels, or ports. */
  readonly instead: string;
}
const target = (at: At, instead: string): { part: string; details: Target } => {
  const { namespace, application } = place(at);
  const object = `${application}-llm-api`;
  return {
    part: `Service/${object} in ${namespace}`,
    details: { namespace, application, service: 'llm-api', object, port: 8080, instead },
  };
};

export const TARGET_LABELS: Cause<Target> = {
  id: 'target-labels',
  section: 'metrics',
  title: 'A service is not scraped because its labels differ',
  meaning:
    'Prometheus finds the services of Jan Server by the labels app.kubernetes.io/name and app.kubernetes.io/component of their Services.',
  found: 'A Service has the name of a service in janServer.services, and not its labels.',
  says: ({ service, application, instead }) =>
    `Prometheus looks for app.kubernetes.io/name=${application} and app.kubernetes.io/component=${service}, and it has ${instead}`,
  next: ({ commands: { kubectl } }, { namespace, object, application, service }) =>
    `${kubectl(`-n ${namespace} label service ${object} --overwrite app.kubernetes.io/name=${application} app.kubernetes.io/component=${service}`)}, or correct janServer.application in the environment file`,
  example: (at) => target(at, 'app.kubernetes.io/name=jan'),
};

export const TARGET_PORT: Cause<Target> = {
  id: 'target-port',
  section: 'metrics',
  title: 'A service is not scraped because its port differs',
  meaning: 'Prometheus scrapes the container port in janServer.services, and the Service leads to another one.',
  found: 'The ports behind the Service are compared with the one in janServer.services.',
  says: ({ service, port, instead }) => `Prometheus scrapes port ${port} of ${service}, and it leads to ${instead}`,
  next: ({ commands, places: { environment } }, { service }) =>
    `set the port of ${service} in janServer.services of environments/${environment}.yaml, then ${commands.make('monitor-up')}`,
  example: (at) => target(at, 'port 9090'),
};

export const JAN_CAUSES: readonly AnyCause[] = [
  entryOf(NAMESPACE_MISSING),
  entryOf(RIGHTS_MISSING),
  ...[TARGET_LABELS, TARGET_PORT].map(entryOf),
];
