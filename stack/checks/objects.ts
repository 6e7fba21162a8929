import { MAX_OBJECT_BYTES } from '../../lib/limits';
import type { Manifest } from './manifest';

/** Problems that would make the API server, or a later apply, fail. */
export function objectProblems(manifests: readonly Manifest[]): string[] {
  return [...doubled(manifests), ...manifests.flatMap((manifest) => [...tooLarge(manifest), ...badName(manifest)])];
}

const nameOf = ({ kind, metadata }: Manifest) =>
  `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;

function doubled(manifests: readonly Manifest[]): string[] {
  const names = manifests.map(nameOf);
  const seen = new Set<string>();
  return names
    .filter((name) => seen.size === seen.add(name).size)
    .map((name) => `${name} is rendered twice: the second would overwrite the first.`);
}

function tooLarge(manifest: Manifest): string[] {
  const size = Buffer.byteLength(JSON.stringify(manifest));
  return size <= MAX_OBJECT_BYTES
    ? []
    : [
        `${nameOf(manifest)} has ${size} bytes, more than the ${MAX_OBJECT_BYTES} that one object may have. Configure fewer services, rules or patches.`,
      ];
}

/** Most names are DNS names (RFC 1123). cdk8s checks none of them. */
const DNS_NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/;
/** Names of RBAC objects only need to be valid path segments. */
const PATH_NAME = /^[^/%]{1,253}$/;

function badName(manifest: Manifest): string[] {
  const allowed = manifest.apiVersion.startsWith('rbac.') ? PATH_NAME : DNS_NAME;
  return allowed.test(manifest.metadata.name) ? [] : [`${nameOf(manifest)}: metadata.name is no RFC 1123 name.`];
}
