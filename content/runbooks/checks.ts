/** What many runbooks look at, and what many mend with. Commands are for the default namespace. */
import type { Runbook } from '../alerts/alert';

type Check = Runbook['check'][number];

/** Programs by the label app.kubernetes.io/name of their pods. */
export type Program = 'opentelemetry-collector' | 'prometheus' | 'jaeger' | 'grafana' | 'alertmanager';

const selected = (program: Program) => `-n jan-monitoring -l app.kubernetes.io/name=${program}`;

/** The verb that says of every part what is sick and why. */
export const STATUS: Check = {
  look: 'The whole stack: what is sick, why, and what to do next.',
  command: 'make monitor-status',
};

/** The pods of a program. */
export const podsOf = (program: Program): Check => ({
  look: 'Its pods: are they running and ready, and how often have they restarted?',
  command: `kubectl get pods ${selected(program)} -o wide`,
});

/** Events and the last state of a program's pods. */
export const describe = (program: Program, look: string): Check => ({
  look,
  command: `kubectl describe pods ${selected(program)}`,
});

/** Lines of a program's log. @param word only lines with it, in whatever case. @default - all of them */
export const logOf = (program: Program, look: string, word?: string): Check => ({
  look,
  command: `kubectl logs ${selected(program)} --prefix --tail=500${word === undefined ? '' : ` | grep -i -E '${word}'`}`,
});

/** A query, to be pasted into Prometheus' or Grafana's Explore page. */
export const query = (look: string, promql: string): Check => ({ look, promql });

/** The command that restarts a program, pod by pod. */
export const restart = (program: Program): string =>
  `kubectl rollout restart deployment,statefulset ${selected(program)}`;
