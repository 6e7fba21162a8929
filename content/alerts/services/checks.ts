/** What runbooks about services look at: traces, logs, and what was rolled out. */
import type { Runbook } from '../alert';

type Check = Runbook['check'][number];

/** Labels of every alert on what is made from spans: Alertmanager holds it back while the Collector refuses data. */
export const FROM_SPANS = { signal: 'spans' } as const;

/** A search in Jaeger. @param search what to fill in, as `Service llm-api, Tags error=true` */
export const traces = (search: string): Check => ({
  look: `Traces. In Jaeger, Search: ${search}.`,
  command: 'kubectl port-forward -n jan-monitoring service/jaeger 16686 # then open http://localhost:16686/search',
});

/**
 * Lines of the log of one of Jan Server's services.
 * @param component value of the label app.kubernetes.io/component
 * @param words only lines with one of them, as `error|timeout`
 */
export const janLog = (component: string, look: string, words: string): Check => ({
  look,
  command: `kubectl logs -n jan-server -l app.kubernetes.io/component=${component} --prefix --tail=500 | grep -i -E '${words}'`,
});

/** The pods of one of Jan Server's services. */
export const janPods = (component: string): Check => ({
  look: 'Its pods: are they ready, and how often have they restarted?',
  command: `kubectl get pods -n jan-server -l app.kubernetes.io/component=${component} -o wide`,
});

/** Takes back what was rolled out last. */
export const UNDO =
  'If something was rolled out just before (`kubectl rollout history deployment -n jan-server`), take it back: `kubectl rollout undo deployment/NAME -n jan-server`.';
