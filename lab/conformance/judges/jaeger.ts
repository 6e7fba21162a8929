/** Jaeger: every configuration must fit the schema of the version that we ship; the lab's version validates and starts what it knows. */
import type { ManifestSet } from '../manifests';
import { PodRoot, unsetVariables } from '../pod-root';
import { configOf, type ProgramPod, runningImage } from '../pods';
import { jaegerSchema } from '../schemas/jaeger';
import { problemsOf } from '../schemas/problems';
import { type Judgement, judgementOf, type Ruling } from '../verdicts';

/** Stores that the lab's Jaeger configures by the same keys as the one that we ship. */
const KNOWN_STORES = ['badger', 'memory'];

/** By the schema of the version that we ship. */
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

/** By the program, as far as the lab's version spells its configuration as ours does. */
export async function judgeJaegerByProgram(set: ManifestSet): Promise<Ruling> {
  const judgements: Judgement[] = [];
  const notJudged: string[] = [];
  for (const program of runningImage(set, 'jaeger')) {
    const unknown = unknownTo(configOf(set, program, '--config').content);
    if (unknown.length === 0) judgements.push(...(await run(set, program)));
    else notJudged.push(`${program.pod.owner}: the lab's Jaeger spells ${unknown.join(', ')} otherwise`);
  }
  return { judgements, notJudged };
}

/** What the lab's version does not know, or knows by other keys. */
function unknownTo(content: Readonly<Record<string, unknown>>): string[] {
  type Config = {
    extensions?: { jaeger_storage?: { backends?: Record<string, object> } };
    receivers?: object;
    exporters?: { jaeger_storage_exporter?: object };
  };
  const { extensions, receivers = {}, exporters } = content as Config;
  const stores = Object.values(extensions?.jaeger_storage?.backends ?? {}).flatMap((backend) => Object.keys(backend));
  return [
    ...stores.filter((store) => !KNOWN_STORES.includes(store)),
    ...Object.keys(receivers).filter((receiver) => receiver !== 'otlp'),
    ...('queue' in (exporters?.jaeger_storage_exporter ?? {}) ? ['jaeger_storage_exporter.queue'] : []),
  ];
}

/** Printed by the Collector's framework when every component has started. */
const STARTED = 'Everything is ready';

async function run(set: ManifestSet, program: ProgramPod): Promise<Judgement[]> {
  const root = new PodRoot(set, program);
  const args = program.container.args ?? [];
  try {
    const validated = await root.run('jaeger', ['validate', ...args]);
    // timeout ends it as the kubelet does, and it must end well.
    const started = await root.run('jaeger', args, { isolated: true, seconds: 5 });
    const isRight = started.output.includes(STARTED) && started.code === 0;
    return [
      { subject: `${program.pod.owner}, validate`, problem: validated.code === 0 ? null : validated.output.trim() },
      { subject: `${program.pod.owner}, start`, problem: isRight ? null : started.output.slice(-2000).trim() },
    ];
  } finally {
    root.remove();
  }
}
