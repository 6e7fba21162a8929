/** amtool on each Alertmanager: its configuration, and the files that it refers to. */
import type { ManifestSet } from '../manifests';
import { configOf } from '../pod-files';
import { PodRoot } from '../pod-root';
import { runningImage } from '../pods';
import type { Judgement, Ruling } from '../verdicts';
import { filesNamed } from './files-named';

/** Judges each Alertmanager. */
export async function judgeAlertmanager(set: ManifestSet): Promise<Ruling> {
  const judgements: Judgement[] = [];
  const programs = runningImage(set, 'alertmanager');
  if (programs.length === 0 && set.objects.length > 0)
    return { judgements, notJudged: ['the environment does not run an Alertmanager'] };
  for (const program of programs) {
    const root = new PodRoot(set, program);
    try {
      const { path, content } = configOf(set, program, '--config.file');
      const { code, output } = await root.run('amtool', ['check-config', path]);
      judgements.push({ subject: path, problem: code === 0 ? null : output.trim() });
      judgements.push(...filesNamed(content, root));
    } finally {
      root.remove();
    }
  }
  return { judgements };
}
