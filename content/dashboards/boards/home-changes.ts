/** Panels of the home page: what runs now, and since when. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { NO_OBJECTS } from '../parts/no-data';
import type { Table } from '../spec';
import { UNITS } from '../units';

/** Labels that are one container of one pod. */
const POD = 'namespace, pod, uid';
const BY = 'namespace, container, image';
/** The last part of a name, with its tag, and with the first digits of its digest: `registry/group/name:tag@sha256:0123456789ab`. */
const SHORT = '(?:.*/)?([^/@]+(?:@sha256:[0-9a-f]{12})?)[0-9a-f]*';

/** The images of pods that run: a finished Job runs none. */
const RUNNING = `label_replace(kube_pod_container_info * on (${POD}) group_left () (max by (${POD}) (kube_pod_status_phase{phase="Running"}) == 1), "image", "$1", "image", "${SHORT}")`;
/** When the pod of each began, in seconds since 1970. */
const BEGAN = `${RUNNING} * on (${POD}) group_left () max by (${POD}) (kube_pod_start_time)`;

export const images = (): Table => ({
  kind: 'table',
  title: 'Images that run',
  description:
    'Which image each container runs, in how many pods, and since when: the start of the oldest of these pods. The newest first. Registry and path of the image are left out',
  unit: UNITS.count,
  noData: NO_OBJECTS,
  width: 14,
  columns: { container: 'Container', image: 'Image', namespace: 'Namespace' },
  queries: [
    { expr: `1000 * min by (${BY}) (${BEGAN})`, legend: 'Since' },
    { expr: `count by (${BY}) (${RUNNING})`, legend: 'Pods' },
  ],
  cells: {
    Container: { width: 170 },
    Namespace: { width: 140 },
    Since: { unit: UNITS.since, width: 130 },
    Pods: { width: 60 },
  },
  sortBy: 'Since',
  links: [{ title: 'Pods', dashboard: DASHBOARD_UIDS.workloads }],
});
