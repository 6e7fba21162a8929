/** Every cause: the entries of docs/troubleshooting.md. */
import type { AnyCause } from '../cause';
import { CLAIM_CAUSES } from './claims';
import { CONTAINER_CAUSES } from './containers';
import { ENDPOINT_CAUSES } from './endpoints';
import { IMAGE_CAUSES } from './images';
import { JAN_CAUSES } from './jan-server';
import { NETWORK_CAUSES } from './network';
import { OBJECT_CAUSES } from './objects';
import { POD_CAUSES } from './pods';
import { DATA_CAUSES } from './runtime';
import { SECRET_CAUSES } from './secrets';
import { SENDER_CAUSES } from './senders';
import { SMOKE_CAUSES } from './smoke';
import { VOLUME_CAUSES } from './volumes';
import { WORKLOAD_CAUSES } from './workloads';

/** All of them. Those of one section stand on the page in this order. */
export const CAUSES: readonly AnyCause[] = [
  ...WORKLOAD_CAUSES,
  ...IMAGE_CAUSES,
  ...POD_CAUSES,
  ...CONTAINER_CAUSES,
  ...SECRET_CAUSES,
  ...CLAIM_CAUSES,
  ...VOLUME_CAUSES,
  ...JAN_CAUSES,
  ...SENDER_CAUSES,
  ...ENDPOINT_CAUSES,
  ...NETWORK_CAUSES,
  ...DATA_CAUSES,
  ...OBJECT_CAUSES,
  ...SMOKE_CAUSES,
];
