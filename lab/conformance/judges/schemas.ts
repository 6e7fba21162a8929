/** kubeconform -strict with the schemas of each supported minor version of Kubernetes. */
import { join } from 'node:path';
import { KUBERNETES_SCHEMAS } from '../../build';
import { programPath, SCHEMAS } from '../../cache';
import { ask } from '../../commands';
import { isForeign, type ManifestSet } from '../manifests';
import type { Judgement, Ruling } from '../verdicts';

const LOCATION = join(
  SCHEMAS,
  '{{.NormalizedKubernetesVersion}}-standalone{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json',
);

interface Report {
  readonly resources?: readonly {
    readonly filename: string;
    readonly kind: string;
    readonly name: string;
    readonly status: string;
    readonly msg: string;
  }[];
}

/** Every object with every version. */
export async function judgeSchemas(set: ManifestSet): Promise<Ruling> {
  const foreign = set.objects.filter(isForeign);
  const count = set.objects.length - foreign.length;
  const rulings = await Promise.all(KUBERNETES_SCHEMAS.map((version) => judge(set, version, count)));
  const notJudged = [...new Set(foreign.map(({ apiVersion, kind }) => `${apiVersion} ${kind}: not a built-in kind`))];
  return { judgements: rulings.flat(), notJudged };
}

async function judge({ folder, objects }: ManifestSet, version: string, expected: number): Promise<Judgement[]> {
  const args = ['-strict', '-output', 'json', '-verbose', '-kubernetes-version', version, '-schema-location', LOCATION];
  const skip = [...new Set(objects.filter(isForeign).map(({ kind }) => kind))];
  const { stdout, output } = await ask(programPath('kubeconform'), [...args, '-skip', skip.join(','), folder]);
  const { resources = [] } = parseReport(stdout, output);
  const judged = resources.filter(({ status }) => status !== 'statusSkipped' && status !== 'statusEmpty');
  const judgements = judged.map(({ kind, name, status, msg }) => ({
    subject: `${kind}/${name} on ${version}`,
    problem: status === 'statusValid' ? null : msg,
  }));
  if (judged.length === expected) return judgements;
  return [
    ...judgements,
    { subject: `Kubernetes ${version}`, problem: `${judged.length} of ${expected} objects were judged` },
  ];
}

function parseReport(stdout: string, output: string): Report {
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    throw new Error(`the output of kubeconform is not JSON: ${output}`);
  }
}
