/** Range of every rate in a panel: Grafana sets it to the step of the graph, and to at least four scrape intervals. */
export const RATE = '$__rate_interval';

/** The range of the time picker, for values over the whole range. */
export const SHOWN = '$__range';

/** The step of a graph, and of marks. */
export const INTERVAL = '$__interval';
