import { z } from 'zod';
import { MAX_OBJECT_BYTES } from '../../lib/limits';
import { withoutGrafanaVariables } from '../../lib/promql';
import { type Checked, parseFile, promqlProblem } from './parse';

const dashboardSchema = z
  .looseObject({
    title: z.string().min(1).describe('title of the dashboard'),
    uid: z
      .string()
      .regex(/^[\w-]{1,40}$/)
      .meta({ description: 'uid of the dashboard', examples: ['payments'] }),
    panels: z.array(z.looseObject({})).optional(),
  })
  .describe("a dashboard in Grafana's JSON form (schema version 1), as Export writes it");

/** A dashboard of the user, checked. Its JSON is provisioned as it is. */
export interface UserDashboard {
  /** File name without folder, as `payments.json`. */
  readonly name: string;
  readonly uid: string;
  readonly text: string;
}

/** Parses a dashboard, and each PromQL expression of its panels. */
export function readDashboard(file: string, name: string, text: string): Checked<UserDashboard> {
  return parseFile(file, text, dashboardSchema, (content) => {
    const problems = promqlTargets(content).flatMap(({ path, expr }) =>
      promqlProblem(file, path, withoutGrafanaVariables(expr)),
    );
    const size = Buffer.byteLength(text);
    if (size > MAX_OBJECT_BYTES) {
      const allowed = `at most ${MAX_OBJECT_BYTES} bytes, so that its ConfigMap can be stored and applied`;
      problems.push({ file, path: '', value: `${size} bytes`, allowed, fix: 'split the dashboard in two' });
    }
    return problems.length > 0 ? { ok: false, problems } : { ok: true, value: { name, uid: content.uid, text } };
  });
}

/** Every PromQL target in the panels and rows of a dashboard, with its path. Targets of other datasources are left alone. */
export function promqlTargets(node: unknown, path = ''): { path: string; expr: string }[] {
  if (Array.isArray(node)) return node.flatMap((entry, index) => promqlTargets(entry, `${path}[${index}]`));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    const here = path === '' ? key : `${path}.${key}`;
    const other = ['loki', 'tempo', 'jaeger'].includes(datasourceType(node));
    return key === 'expr' && typeof value === 'string' && !other
      ? [{ path: here, expr: value }]
      : promqlTargets(value, here);
  });
}

function datasourceType(node: object): string {
  const datasource = (node as { datasource?: { type?: unknown } }).datasource;
  return typeof datasource === 'object' && datasource !== null ? String(datasource.type) : '';
}
