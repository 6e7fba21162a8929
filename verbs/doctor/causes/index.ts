/** Every cause: the entries of docs/troubleshooting.md. */
import type { AnyCause } from '../cause';
import { CLAIM_CAUSES } from './claims';
import { POD_CAUSES } from './pods';
import { SECRET_CAUSES } from './secrets';
import { SMOKE_CAUSES } from './smoke';
import { WORKLOAD_CAUSES } from './workloads';

/** All of them. Those of one section stand on the page in this order. */
export const CAUSES: readonly AnyCause[] = [
  ...WORKLOAD_CAUSES,
  ...POD_CAUSES,
  ...SECRET_CAUSES,
  ...CLAIM_CAUSES,
  ...SMOKE_CAUSES,
];
