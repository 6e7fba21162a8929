/** Which objects the panels of workloads show, and where a click on one of them leads. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { selector } from '../../../metrics/spans';
import { cell } from '../parts/cells';
import { clicked } from '../parts/links';
import type { Link } from '../spec';

const NAMESPACES = 'namespace=~"$namespace"';
const PODS = 'pod=~"$pod"';

/** Series of objects of the chosen namespaces: workloads, claims, Jobs. */
export const ofNamespace = (metric: string, ...matchers: readonly string[]): string =>
  selector(metric, NAMESPACES, ...matchers);

/** Series of the chosen pods and their containers. */
export const ofPods = (metric: string, ...matchers: readonly string[]): string =>
  ofNamespace(metric, PODS, ...matchers);

/** Labels of a pod and of a container. */
export const POD = 'namespace, pod';
export const CONTAINER = `${POD}, container`;

/**
 * Restarts in a range, a whole number: Prometheus extrapolates an increase to the ends of the range, which gives 3.03.
 * @param at a modifier of the time, as `@ end()`. @default - the time of each point
 */
export const restartsIn = (range: string, by: string, at = ''): string =>
  `round(sum by (${by}) (increase(${ofPods('kube_pod_container_status_restarts_total')}[${range}]${at})))`;

const toPod = (namespace: string, pod: string): Link => ({
  title: 'Only this pod',
  dashboard: DASHBOARD_UIDS.workloads,
  variables: { namespace, pod },
});

/** From a row of a table with the column Namespace to all pods of its namespace. */
export const ROW_TO_NAMESPACE: Link = {
  title: 'Only this namespace',
  dashboard: DASHBOARD_UIDS.workloads,
  variables: { namespace: cell('Namespace') },
};
/** From a line to its pod. */
export const LINE_TO_POD = toPod(clicked('namespace'), clicked('pod'));
/** From a row of a table with the columns Namespace and Pod to its pod. */
export const ROW_TO_POD = toPod(cell('Namespace'), cell('Pod'));
