/** kube-score and checkov: no finding beyond those of the waiver list. */
import { join } from 'node:path';
import { PYTHON, programPath } from '../../cache';
import { ask } from '../../commands';
import type { ManifestSet } from '../manifests';
import type { Judgement, Ruling } from '../verdicts';
import { WAIVERS, type Waiver } from '../waivers';

/** A finding of a linter. */
interface Finding {
  readonly check: string;
  /** Kind and name. */
  readonly object: string;
  readonly text: string;
}

const isWaived = (judge: Waiver['judge'], { check, object, text }: Finding): boolean =>
  WAIVERS.some(
    (waiver) =>
      waiver.judge === judge &&
      waiver.check === check &&
      (waiver.finding?.test(text) ?? true) &&
      (waiver.objects?.test(object) ?? true),
  );

/** One judgement for each finding that is not waived, and one for each object without such a finding. */
function rulingOf(judge: Waiver['judge'], objects: readonly string[], findings: readonly Finding[]): Ruling {
  const open = findings.filter((finding) => !isWaived(judge, finding));
  const clean = objects.filter((object) => !open.some((finding) => finding.object === object));
  const failures = open.map(
    ({ check, object, text }): Judgement => ({ subject: object, problem: `${check}: ${text}` }),
  );
  return { judgements: [...failures, ...clean.map((subject) => ({ subject, problem: null }))] };
}

/** The best grade of a check of kube-score. */
const PERFECT = 10;

interface Scored {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string };
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly summary: string }[] | null;
  }[];
}

/** kube-score on every object that it supports. */
export async function judgeByKubeScore({ folder, files }: ManifestSet): Promise<Ruling> {
  const { stdout, output } = await ask(programPath('kube-score'), [
    'score',
    '-o',
    'json',
    ...files.map((file) => join(folder, file)),
  ]);
  const scored = parseAnswer<readonly Scored[]>(stdout, output);
  const findings = scored.flatMap(({ type_meta: { kind }, object_meta: { name }, checks }) =>
    checks
      .filter(({ skipped, grade }) => !skipped && grade < PERFECT)
      .flatMap(({ check, comments }) =>
        (comments ?? []).map(({ summary }) => ({ check: check.id, object: `${kind}/${name}`, text: summary })),
      ),
  );
  return rulingOf(
    'kube-score',
    scored.map(({ type_meta: { kind }, object_meta: { name } }) => `${kind}/${name}`),
    findings,
  );
}

interface Checkov {
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly resource: string;
    }[];
  };
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
}

/** checkov's Kubernetes checks on every object. */
export async function judgeByCheckov({ folder, objects }: ManifestSet): Promise<Ruling> {
  // Without this flag it downloads guidelines.
  const args = [
    '-m',
    'checkov.main',
    '--framework',
    'kubernetes',
    '--skip-download',
    '--output',
    'json',
    '--compact',
    '--directory',
    folder,
  ];
  const { stdout, output } = await ask('python3', args, { env: { PYTHONPATH: PYTHON } });
  const { results, summary } = parseAnswer<Checkov>(stdout, output);
  if (summary.parsing_errors > 0) throw new Error(`checkov could not read ${summary.parsing_errors} files`);
  const findings = results.failed_checks.map(({ check_id, check_name, resource }) => {
    const [kind = '', , ...name] = resource.split('.');
    return { check: check_id, object: `${kind}/${name.join('.')}`, text: check_name };
  });
  const judged = summary.passed + results.failed_checks.length > 0 ? objects : [];
  return rulingOf(
    'checkov',
    judged.map(({ kind, metadata }) => `${kind}/${metadata.name}`),
    findings,
  );
}

function parseAnswer<Answer>(stdout: string, output: string): Answer {
  try {
    return JSON.parse(stdout) as Answer;
  } catch {
    throw new Error(`the output is not JSON: ${output.slice(-2000)}`);
  }
}
