/** The stack whose mistakes are diagnosed. It requests little CPU, so that it runs beside other stacks on a small node. */
import { apply, kubectl } from '../../cluster/cluster';
import { LIGHT, OVERLAY, over, projectWith, verb } from '../stack';

export const NAMESPACE = 'e2e-mistakes';
/** Jan Server's side. */
export const JAN = 'e2e-mistakes-jan';
/** A namespace that may not send. */
export const OTHER = 'e2e-mistakes-other';
/** The node of the sender whose clock is wrong: its lease alone. */
export const NODE = 'e2e-mistakes-node';

const KEYS = {
  namespace: NAMESPACE,
  janServer: { namespace: JAN },
  prometheus: { scrapeInterval: '5s' },
};

/** A project with keys over the stack's own. */
export const projectOf = (keys: Readonly<Record<string, unknown>> = {}): string =>
  projectWith(OVERLAY, LIGHT, over(KEYS, keys));

export const PROJECT = projectOf();

/** kubectl in the stack's namespace. */
export const inStack = (...args: readonly string[]): string => kubectl(['-n', NAMESPACE, ...args]);

/** Applies objects in a namespace. */
export const applyIn = (namespace: string, ...objects: readonly AnyObject[]): void => {
  apply({
    apiVersion: 'v1',
    kind: 'List',
    items: objects.map((object) => ({ ...object, metadata: { namespace, ...object.metadata } })),
  });
};

/** An object without its namespace. */
export type AnyObject = Readonly<Record<string, unknown>> & { readonly metadata: Readonly<Record<string, unknown>> };

/** A finding, as it is printed. */
export interface Printed {
  readonly part: string;
  readonly id: string;
  readonly cause: string;
}

/** Runs monitor-status. */
export async function status(project = PROJECT, variables: Readonly<Record<string, string>> = {}) {
  const { code, output } = await verb(project, 'status', variables);
  const found = output.matchAll(
    /^(\S.*)\n {2}cause {2}(.*)\n {2}next {3}(.+)\n {2}more {3}docs\/troubleshooting\.md#(\S+)$/gm,
  );
  const findings = [...found].map(([, part = '', cause = '', , id = '']): Printed => ({ part, id, cause }));
  return { code, output, findings };
}
