/** Jaeger: the lab's Jaeger validates and starts each configuration; each also has to fit the schema of the version that we ship. */
import { toYaml } from '../../../lib/config-file';
import type { ManifestSet } from '../manifests';
import { PodRoot, unsetVariables } from '../pod-root';
import { configOf, type ProgramPod, runningImage } from '../pods';
import { jaegerSchema } from '../schemas/jaeger';
import { problemsOf } from '../schemas/problems';
import { type Judgement, judgementOf, type Ruling } from '../verdicts';

/** By the schema of the version that we ship, which has keys that the lab's version lacks. */
export async function judgeJaegerBySchema(set: ManifestSet): Promise<Ruling> {
  const judgements = runningImage(set, 'jaeger').map((program) => {
    const problems = [
      ...problemsOf(jaegerSchema, configOf(set, program, '--config').content),
      ...unsetVariables(set, program),
    ];
    return judgementOf(program.pod.owner, problems);
  });
  return { judgements };
}

/** By the program. */
export async function judgeJaegerByProgram(set: ManifestSet): Promise<Ruling> {
  const judgements = [];
  for (const program of runningImage(set, 'jaeger')) judgements.push(...(await run(set, program)));
  return { judgements };
}

/** Printed by the Collector's framework when every component has started. */
const STARTED = 'Everything is ready';

async function run(set: ManifestSet, program: ProgramPod): Promise<Judgement[]> {
  const root = new PodRoot(set, program);
  const args = program.container.args ?? [];
  try {
    const validated = await root.run('jaeger', ['validate', ...args]);
    const { path, content } = configOf(set, program, '--config');
    const { config, note } = withoutPeers(content as JaegerFile);
    root.write(path, toYaml(config));
    // timeout ends it as the kubelet does, and it must end well.
    const started = await root.run('jaeger', args, { isolated: true, seconds: 5 });
    const isRight = started.output.includes(STARTED) && started.code === 0;
    return [
      { subject: `${program.pod.owner}, validate`, problem: validated.code === 0 ? null : validated.output.trim() },
      {
        subject: `${program.pod.owner}, start${note}`,
        problem: isRight ? null : started.output.slice(-2000).trim(),
      },
    ];
  } finally {
    root.remove();
  }
}

interface JaegerFile {
  readonly extensions?: {
    readonly jaeger_storage?: { readonly backends?: Readonly<Record<string, Readonly<Record<string, object>>>> };
  };
  readonly receivers?: Readonly<Record<string, object>>;
}

/** Needs no other program. */
const INSIDE = ['badger', 'memory'];

/**
 * A configuration that starts without the programs that it connects to: a store in memory stands for one elsewhere. All else
 * stays as it is rendered, so that what is wrong with it is found.
 */
function withoutPeers(file: JaegerFile): { readonly config: JaegerFile; readonly note: string } {
  const backends = Object.entries(file.extensions?.jaeger_storage?.backends ?? {});
  const outside = backends.flatMap(([, backend]) => Object.keys(backend)).filter((store) => !INSIDE.includes(store));
  if (outside.length === 0) return { config: file, note: '' };
  const config = {
    ...file,
    extensions: {
      ...file.extensions,
      jaeger_storage: {
        ...file.extensions?.jaeger_storage,
        backends: Object.fromEntries(backends.map(([name]) => [name, { memory: { max_traces: 1000 } }])),
      },
    },
  };
  return { config, note: ` with a store in memory for ${[...new Set(outside)].join(', ')}` };
}
