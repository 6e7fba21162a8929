/** What to check if a panel is empty: the most frequent cause. */

/** Span metrics of services. */
export const NO_SPANS =
  'No requests: has the service had any, and does it send spans to the Collector? See the dashboard of the Collector';
/** A kind of event that may never have happened. */
export const NONE_YET = 'None so far, or its source is not scraped: see Targets on the Prometheus dashboard';
/** Metrics of a program that is always scraped. */
export const NOT_SCRAPED = 'No metrics: is the program up? Its target on the Prometheus dashboard shows the error';
/** Metrics of one of Jan Server's services. */
export const JAN_NOT_SCRAPED =
  'No metrics: is the service running, is it in janServer.services, and has it had a request since its start?';
/** LLM metrics that the Collector makes from spans. */
export const NO_LLM_SPANS =
  'No model calls: has there been a completion, and does llm-api send spans? The command `npm run connect` shows its settings';
/** Traces. */
export const NO_TRACES =
  'No traces: does the service send spans to the Collector, and does Jaeger keep them this long?';
/** Recorded series of SLOs. */
export const NOT_RECORDED =
  'No recorded series: are there SLOs in the configuration, and have they had events in their window? See Rules on the Prometheus dashboard';
/** Objects of the cluster. */
export const NO_OBJECTS = 'No objects: does kube-state-metrics run, and may it read this namespace?';
/** Usage of containers and volumes. */
export const NO_USAGE = 'No usage: is the kubelet scraped? A volume is measured only by some storage drivers';
