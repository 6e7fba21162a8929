/** Jan Server as the stack sees it: its namespace, the permissions there, and its services as targets. */
import { NAMESPACE_MISSING, RIGHTS_MISSING, TARGET_LABELS, TARGET_PORT } from './causes/jan-server';
import type { DesiredState } from './desired-state';
import { type Finding, findingOf } from './finding';
import type { Neighbour, Service, Survey } from './survey';

const NAME = 'app.kubernetes.io/name';
const COMPONENT = 'app.kubernetes.io/component';

/** Namespaces in which the stack needs permissions: Jan Server's, and those of model servers. */
export function outsideFindings(desired: DesiredState, { neighbours }: Survey): Finding[] {
  return desired.outside.flatMap(({ namespace, objects }) => {
    const part = `Namespace/${namespace}`;
    const neighbour = neighbours.get(namespace);
    if (neighbour === undefined) return [findingOf(desired, NAMESPACE_MISSING, { part, details: { namespace } })];
    const { rights } = neighbour;
    if (rights === null) return [];
    const missing = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`).filter((name) => !rights.has(name));
    return missing.length === 0 ? [] : [findingOf(desired, RIGHTS_MISSING, { part, details: { namespace, missing } })];
  });
}

/** Services of Jan Server that Prometheus does not find. One that is not installed is no problem. */
export function targetFindings(desired: DesiredState, { neighbours }: Survey): Finding[] {
  const { janServer } = desired.config;
  if (janServer === null || janServer.discovery === 'static') return [];
  const { namespace, application } = janServer;
  const neighbour = neighbours.get(namespace);
  if (neighbour === undefined) return [];
  return janServer.services.flatMap(({ name, port }) => {
    const details = { namespace, application, service: name, port };
    const labelled = neighbour.services.filter(
      ({ metadata: { labels = {} } }) => labels[NAME] === application && labels[COMPONENT] === name,
    );
    const [similar] = neighbour.services.filter(({ metadata }) =>
      [name, `${application}-${name}`].includes(metadata.name),
    );
    const [first] = labelled;
    if (first === undefined) {
      if (similar === undefined) return [];
      const object = similar.metadata.name;
      const instead = labelsText(similar);
      return [
        findingOf(desired, TARGET_LABELS, {
          part: `Service/${object} in ${namespace}`,
          details: { ...details, object, instead },
        }),
      ];
    }
    const ports = labelled.flatMap((service) => portsBehind(service, neighbour));
    if (ports.length === 0 || ports.includes(port)) return [];
    const object = first.metadata.name;
    const instead = `port ${[...new Set(ports)].join(', ')}`;
    return [
      findingOf(desired, TARGET_PORT, {
        part: `Service/${object} in ${namespace}`,
        details: { ...details, object, instead },
      }),
    ];
  });
}

function labelsText({ metadata: { labels = {} } }: Service): string {
  const found = [NAME, COMPONENT].flatMap((key) => (labels[key] === undefined ? [] : [`${key}=${labels[key]}`]));
  return found.length === 0 ? 'neither' : found.join(' and ');
}

/** The container ports that a Service leads to. A name stands for the port of that name in its pods. */
function portsBehind({ spec }: Service, { pods }: Neighbour): number[] {
  const selected = pods.filter(({ metadata }) =>
    Object.entries(spec?.selector ?? { '': '' }).every(([key, value]) => metadata.labels?.[key] === value),
  );
  return (spec?.ports ?? []).flatMap(({ port, targetPort = port }) =>
    typeof targetPort === 'number'
      ? [targetPort]
      : selected
          .flatMap(({ spec: { containers } }) => containers.flatMap(({ ports = [] }) => ports))
          .filter(({ name }) => name === targetPort)
          .map(({ containerPort }) => containerPort),
  );
}
