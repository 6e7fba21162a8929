/** Range of every rate in a panel: Grafana makes it as long as a point of the graph, and never shorter than four scrapes. */
export const RATE = '$__rate_interval';

/** What the time picker shows, for values of a whole range. */
export const SHOWN = '$__range';
