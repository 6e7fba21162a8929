/**
 * The kinds of objects whose state becomes metrics, by API group: those that alerts and panels are about. No Secret and no
 * ConfigMap is among them.
 */
export const OBJECTS: Readonly<Record<string, readonly string[]>> = {
  '': ['persistentvolumeclaims', 'pods'],
  apps: ['daemonsets', 'deployments', 'statefulsets'],
  batch: ['cronjobs', 'jobs'],
};
