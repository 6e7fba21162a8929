/** Folder of the Secrets that Grafana reads, each in a folder of its own. */
export const SECRETS_PATH = '/etc/grafana/secrets';

/** Grafana reads the value from this file when it starts, in its settings and in its provisioning files. */
export const fromFile = (path: string): string => `$__file{${path}}`;
