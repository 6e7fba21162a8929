/** Objects that are missing or differ from what is rendered, and pods that are not ours. */
import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from '../../stack/checks/manifest';
import { hasEnded } from '../state';
import {
  CONFIG_CHANGED,
  FOREIGN_PODS,
  OBJECT_MISSING,
  POLICY_CHANGED,
  SECOND_STACK,
  SERVICE_CHANGED,
} from './causes/objects';
import type { DesiredState } from './desired-state';
import { type Finding, findingOf } from './finding';
import type { LiveObject, Service, Survey } from './survey';

/** The parts of an object that are compared, by a name for the message. */
type Parts = Readonly<Record<string, unknown>>;
type AnyObject = Manifest | LiveObject;

/** What is compared of each kind. Other kinds only have to exist. */
const COMPARED: Readonly<
  Record<string, readonly [cause: typeof CONFIG_CHANGED, partsOf: (object: AnyObject) => Parts]>
> = {
  ConfigMap: [CONFIG_CHANGED, ({ data = {} }) => data],
  Service: [SERVICE_CHANGED, serviceParts],
  NetworkPolicy: [POLICY_CHANGED, ({ spec }) => named(spec as Parts)],
};

/** The API server adds other fields to a Service. */
function serviceParts({ spec }: AnyObject): Parts {
  const { selector, ports = [] } = spec as NonNullable<Service['spec']>;
  return named({ selector, ports: ports.map(({ port, targetPort = port }) => ({ port, targetPort })) });
}

const named = (spec: Parts): Parts =>
  Object.fromEntries(Object.entries(spec).map(([key, value]) => [`spec.${key}`, value]));

/**
 * What differs.
 * @param debugging the objects as `monitor-dev` applies them: a ConfigMap may be one of these
 */
export function driftFindings(desired: DesiredState, survey: Survey, debugging: () => readonly Manifest[]): Finding[] {
  const { objects } = survey;
  if (objects === null) return [];
  return desired.objects.flatMap((wanted) => {
    const { kind, metadata } = wanted;
    const part = `${kind}/${metadata.name}`;
    const live = objects.find((object) => object.kind === kind && object.metadata.name === metadata.name);
    if (live === undefined) return [findingOf(desired, OBJECT_MISSING, { part, details: null })];
    const [cause, partsOf] = COMPARED[kind] ?? [];
    if (cause === undefined || partsOf === undefined) return [];
    const isSame = (other: Manifest) => other.kind === kind && other.metadata.name === metadata.name;
    const fields = differing(partsOf(wanted), partsOf(live));
    if (fields.length === 0) return [];
    if (debugging().some((other) => isSame(other) && differing(partsOf(other), partsOf(live)).length === 0)) return [];
    return [findingOf(desired, cause, { part, details: { kind, name: metadata.name, fields } })];
  });
}

/** Names of the parts that are not equal. */
const differing = (wanted: Parts, live: Parts): readonly string[] =>
  [...new Set([...Object.keys(wanted), ...Object.keys(live)])].filter(
    (name) => !isDeepStrictEqual(wanted[name], live[name]),
  );

/** Pods and workloads in the namespace that this environment does not render. */
export function strangerFindings(desired: DesiredState, { foreignPods, controllers }: Survey): Finding[] {
  const part = `Namespace/${desired.namespace}`;
  const known = new Set(desired.controllers.map(({ kind, name }) => `${kind}/${name}`));
  const names = controllers.map(({ kind, metadata }) => `${kind}/${metadata.name}`).filter((name) => !known.has(name));
  const others = foreignPods.filter((pod) => !hasEnded(pod)).map(({ metadata }) => metadata.name);
  return [
    ...(others.length === 0 ? [] : [findingOf(desired, FOREIGN_PODS, { part, details: { names: others } })]),
    ...(names.length === 0 ? [] : [findingOf(desired, SECOND_STACK, { part, details: { names } })]),
  ];
}
