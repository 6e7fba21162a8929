/** Every pair. */
import { ofClaims, ofReplicas } from './claims';
import { ofConfiguration } from './configuration';
import { ofOthers, ofOwnObjects, ofWorkloads } from './objects';
import type { ImpactPair } from './pair';
import { ofStores } from './stores';

export type { ImpactPair } from './pair';

/** Every pair. */
export const PAIRS: readonly ImpactPair[] = [
  ...ofConfiguration,
  ...ofClaims,
  ...ofReplicas,
  ...ofStores,
  ...ofWorkloads,
  ...ofOthers,
  ...ofOwnObjects,
];
