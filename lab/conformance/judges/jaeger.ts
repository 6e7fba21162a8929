/** Jaeger: the lab's Jaeger validates and starts each configuration; each also has to match the schema of the version that we ship. */
import { toYaml } from '../../../lib/config-file';
import type { Stop } from '../../commands';
import type { ManifestSet } from '../manifests';
import { configOf } from '../pod-files';
import { PodRoot, unsetVariables } from '../pod-root';
import { type ProgramPod, runningImage } from '../pods';
import { jaegerSchema } from '../schemas/jaeger';
import { problemsOf } from '../schemas/problems';
import { type Judgement, judgementOf, type Ruling } from '../verdicts';

/** With the schema of the version that we ship, which has keys that the lab's version does not have. */
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

/** With the program. */
export async function judgeJaegerByProgram(set: ManifestSet): Promise<Ruling> {
  const judgements: Judgement[] = [];
  const notJudged: string[] = [];
  for (const program of runningImage(set, 'jaeger')) {
    const { path, content } = configOf(set, program, '--config');
    const root = new PodRoot(set, program);
    try {
      const { file, later } = forLabVersion(content as JaegerFile);
      notJudged.push(...later.map((key) => `${program.pod.owner}: ${key}`));
      root.write(path, toYaml(file));
      judgements.push(await validate(root, program));
      const { alone, note } = withoutPeers(file);
      root.write(path, toYaml(alone));
      judgements.push(await start(root, program, note));
    } finally {
      root.remove();
    }
  }
  return { judgements, notJudged };
}

async function validate(root: PodRoot, { pod, container }: ProgramPod): Promise<Judgement> {
  const { code, output } = await root.run('jaeger', ['validate', ...(container.args ?? [])]);
  return { subject: `${pod.owner}, validate`, problem: code === 0 ? null : output.trim() };
}

/** The Collector framework prints this when every component has started. On a busy machine that takes several seconds. */
const STARTED = 'Everything is ready';
const STOP: Stop = { started: STARTED, after: 2, within: 90 };

async function start(root: PodRoot, { pod, container }: ProgramPod, note: string): Promise<Judgement> {
  // It gets SIGTERM, as from the kubelet, and must exit with 0.
  const { code, output } = await root.run('jaeger', container.args ?? [], { isolated: true, stop: STOP });
  const isCorrect = output.includes(STARTED) && code === 0;
  return { subject: `${pod.owner}, start${note}`, problem: isCorrect ? null : output.slice(-2000).trim() };
}

type Section = Readonly<Record<string, unknown>>;
interface JaegerFile {
  readonly extensions?: {
    readonly jaeger_storage?: { readonly backends?: Readonly<Record<string, Section>> };
  };
  readonly receivers?: { readonly kafka?: { readonly traces?: Section & { readonly topics?: readonly string[] } } };
}

/** Converts newer keys to the form of the lab's version, and lists those keys, which are then not judged. */
function forLabVersion(file: JaegerFile): { readonly file: JaegerFile; readonly later: readonly string[] } {
  const kafka = file.receivers?.kafka;
  if (kafka?.traces?.topics === undefined) return { file, later: [] };
  const { topics, ...traces } = kafka.traces;
  const receivers = { ...file.receivers, kafka: { ...kafka, traces: { ...traces, topic: topics[0] } } };
  return { file: { ...file, receivers }, later: ['receivers.kafka.traces.topics came after Jaeger 2.13'] };
}

/** Embedded stores. */
const EMBEDDED = ['badger', 'memory'];

/**
 * A configuration that starts without the programs that it connects to: memory replaces an external store. Everything else
 * is unchanged, so that its mistakes are found.
 */
function withoutPeers(file: JaegerFile): { readonly alone: JaegerFile; readonly note: string } {
  const backends = Object.entries(file.extensions?.jaeger_storage?.backends ?? {});
  const outside = backends.flatMap(([, backend]) => Object.keys(backend)).filter((store) => !EMBEDDED.includes(store));
  if (outside.length === 0) return { alone: file, note: '' };
  const inMemory = Object.fromEntries(backends.map(([name]) => [name, { memory: { max_traces: 1000 } }]));
  const storage = { ...file.extensions?.jaeger_storage, backends: inMemory };
  return {
    alone: { ...file, extensions: { ...file.extensions, jaeger_storage: storage } },
    note: ` with memory in place of ${[...new Set(outside)].join(', ')}`,
  };
}
