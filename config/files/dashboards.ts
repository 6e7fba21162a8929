import * as z from 'zod';
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

/** A dashboard of the user, validated. Its JSON is provisioned unchanged. */
export interface UserDashboard {
  /** File name without folder, such as `payments.json`. */
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
      const allowed = 'JSON, the only format that Grafana reads; this is other YAML';
      return {
        ok: false,
        problems: [{ file, path: '', allowed, fix: "save the dashboard again with Grafana's Export" }],
      };
    }
    const problems = queriesOf(content).flatMap(({ path, expr }) => promqlProblem(file, path, expr, 'panel'));
    const size = Buffer.byteLength(text);
    if (size > MAX_OBJECT_BYTES) {
      const allowed = `at most ${MAX_OBJECT_BYTES} bytes, because its ConfigMap must be stored and applied`;
      problems.push({ file, path: '', value: `${size} bytes`, allowed, fix: 'split the dashboard in two' });
    }
    return problems.length > 0
      ? { ok: false, problems }
      : { ok: true, value: { name, uid: content.uid, text, content } };
  });
}

/** The YAML parser is used because it knows lines, but it also accepts comments and words without quotes. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
