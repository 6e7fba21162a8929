/** Steps that many runbooks share. A program that an environment does not have is null, and then so is the step. */
import { DEFAULT_ENVIRONMENT } from '../../config/verb-settings';
import type { Claims, Places, Program, Ui } from './places';
import type { Check, IsOn } from './runbook';

const pods = ({ namespace, selector }: Program) => `-n ${namespace} -l ${selector}`;

/** A verb of `make`, for this environment. */
export const make = ({ environment }: Places, verb: `monitor-${string}`): string =>
  environment === DEFAULT_ENVIRONMENT ? `make ${verb}` : `make ${verb} ENVIRONMENT=${environment}`;

/** The command that prints the patch which makes a service of Jan Server send to this stack. */
export const connect = ({ environment }: Places): string =>
  `${environment === DEFAULT_ENVIRONMENT ? '' : `ENVIRONMENT=${environment} `}npm run --silent connect`;

/** The verb that prints what is wrong with each component. */
export const status = (at: Places): Check => ({
  look: 'The whole stack: what is wrong, why, and what to do next.',
  command: make(at, 'monitor-status'),
});

/** The pods of a program. */
export const podsOf = (program: Program | null): Check | null =>
  program && {
    look: `Pods of ${program.title}: are they running and ready, and how often have they restarted?`,
    command: `kubectl get pods ${pods(program)} -o wide`,
  };

/** Events and the last state of a program's pods. */
export const describe = (program: Program, look: string): Check => ({
  look,
  command: `kubectl describe pods ${pods(program)}`,
});

/** Lines of a program's log. @param word only lines with it, ignoring case. @default - all lines */
export const logOf = (program: Program | null, look: string, word?: string): Check | null =>
  program && {
    look,
    command: `kubectl logs ${pods(program)} --prefix --tail=500${word === undefined ? '' : ` | grep -i -E '${word}'`}`,
  };

/** The end of the logs of a program's containers that have ended. */
export const previousLogOf = (program: Program, look: string): Check => ({
  look,
  command: `kubectl logs ${pods(program)} --prefix --previous --tail=100`,
});

/** A page of a program, through a forwarded port. @param path of the page, as `/targets` */
export const pageOf = ({ namespace, service, port }: Ui, look: string, path: string): Check => ({
  look,
  command: `kubectl port-forward -n ${namespace} service/${service} ${port} # then open http://localhost:${port}${path}`,
});

/** Whether Prometheus may list the objects that it discovers its targets with. */
export const mayDiscover = ({ discoveries, prometheusAccount }: Places): Check[] =>
  (['endpointslices.discovery.k8s.io', 'pods'] as const).flatMap((resource) => {
    const listed = discoveries.filter((discovery) => discovery.resource === resource);
    const namespaces = [...new Set(listed.map(({ namespace }) => namespace))].join(' ');
    const command = `for n in ${namespaces}; do kubectl auth can-i list ${resource} -n $n --as=${prometheusAccount}; done`;
    return namespaces === '' ? [] : [{ look: `May Prometheus list ${resource}? Every answer must be yes.`, command }];
  });

/** A query, to be pasted into Prometheus' UI or Grafana's Explore page. */
export const query = (look: string, promql: string): Check => ({ look, promql });

/** The command that restarts a program, pod by pod. */
export const restart = (program: Program): string => `kubectl rollout restart deployment,statefulset ${pods(program)}`;

/** What to do about a full claim. @param setting the key of its size */
export const mendFullClaim = (isOn: IsOn, setting: string): string =>
  isOn('ClaimNearlyFull')
    ? 'If the disk is full, see the runbook ClaimNearlyFull.'
    : `If the disk is full, enlarge the claim: raise \`${setting}\` in the environment file.`;

/** The space on a program's claims; null where it has none. */
export const spaceOn = (claims: Claims | null, look: string): Check | null =>
  claims &&
  query(
    look,
    `kubelet_volume_stats_available_bytes{persistentvolumeclaim${claims.each ? `=~"${claims.name}-.*"` : `="${claims.name}"`}}`,
  );
