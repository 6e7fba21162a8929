import { type ClaimEach, claimMount, type Mount } from '../../lib/mount';

/**
 * A PersistentVolumeClaim of a component with one pod. It is rendered in a file of its own, so that the data survives when the workload is
 * deleted.
 */
export interface Claim {
  readonly name: string;
  /** Size, as `10Gi`. */
  readonly size: string;
}

/**
 * Storage that outlives a pod: one claim for one replica; for more replicas, a claim for each pod.
 * @param each the claim of each pod
 */
export const stateMount = (replicas: number, name: string, path: string, claim: Claim, each: ClaimEach): Mount =>
  replicas === 1 ? claimMount(name, path, claim.name) : { name, path, source: null, claimEach: each, readOnly: false };
