/** `otelcol validate` on the configuration of each Collector. */
import type { ManifestSet } from '../manifests';
import { PodRoot, unsetVariables } from '../pod-root';
import { runningImage } from '../pods';
import { type Judgement, judgementOf, type Ruling } from '../verdicts';

/** Judges each Collector. */
export async function judgeCollector(set: ManifestSet): Promise<Ruling> {
  const judgements: Judgement[] = [];
  for (const program of runningImage(set, 'collector')) {
    const root = new PodRoot(set, program);
    try {
      const { code, output } = await root.run('otelcol-contrib', ['validate', ...(program.container.args ?? [])]);
      const problems = [...(code === 0 ? [] : [output.trim()]), ...unsetVariables(set, program)];
      judgements.push(judgementOf(program.pod.owner, problems));
    } finally {
      root.remove();
    }
  }
  return { judgements };
}
