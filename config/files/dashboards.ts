import { z } from 'zod';
import { MAX_OBJECT_BYTES } from '../../lib/limits';
import { queriesOf } from '../../promql/dashboards/queries';
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
  /** The same, parsed. */
  readonly content: unknown;
}

/** Parses a dashboard, and each PromQL expression of its panels. */
export function readDashboard(file: string, name: string, text: string): Checked<UserDashboard> {
  return parseFile(file, text, dashboardSchema, (content) => {
    if (!isJson(text)) {
      const allowed = 'JSON: Grafana reads nothing else, and this is YAML of another form';
      return {
        ok: false,
        problems: [{ file, path: '', allowed, fix: "save the dashboard again with Grafana's Export" }],
      };
    }
    const problems = queriesOf(content).flatMap(({ path, expr }) => promqlProblem(file, path, expr, 'panel'));
    const size = Buffer.byteLength(text);
    if (size > MAX_OBJECT_BYTES) {
      const allowed = `at most ${MAX_OBJECT_BYTES} bytes, so that its ConfigMap can be stored and applied`;
      problems.push({ file, path: '', value: `${size} bytes`, allowed, fix: 'split the dashboard in two' });
    }
    return problems.length > 0
      ? { ok: false, problems }
      : { ok: true, value: { name, uid: content.uid, text, content } };
  });
}

/** The parser of YAML, which knows lines, takes comments and words without quotes too. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
