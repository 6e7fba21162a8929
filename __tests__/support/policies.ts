/** NetworkPolicies, as tests read them. */
import type { Manifest } from '../../stack/checks/manifest';
import { find } from '.';

/** A rule of either direction. */
export interface Rule {
  readonly from?: readonly unknown[];
  readonly to?: readonly unknown[];
  readonly ports: readonly { readonly port: number; readonly protocol: string }[];
}

/** The rules of a policy. */
export const policy = (manifests: readonly Manifest[], name: string) =>
  // An empty list is left out.
  ({ ingress: [], egress: [], ...(find(manifests, 'NetworkPolicy', name).spec as object) }) as {
    ingress: Rule[];
    egress: Rule[];
  };

/** The ports of rules. */
export const ports = (rules: readonly Rule[]) => rules.flatMap((rule) => rule.ports.map(({ port }) => port));
