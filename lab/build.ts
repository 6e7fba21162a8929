/** `make lab-build`: builds the real programs that are not in the cache, and lists what is not available. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { IMAGES, type ImageKey } from '../config/images';
import {
  CACHE,
  GRAFANA_DATA,
  linkerFlags,
  PYTHON,
  programPath,
  programVersion,
  SCHEMAS,
  SDK_NODE,
  SDK_PYTHON,
  TOOLS,
} from './cache';
import { must, since } from './commands';
import { EARLIER_MODULES, GO_MODULES, type GoModule, IMAGE_PROGRAMS } from './programs';
import { requireGo, requireJudges } from './system';

/** The Kubernetes versions whose schemas validate the manifests: every minor version from the oldest supported one. */
export const KUBERNETES_SCHEMAS = [
  '1.29.0',
  '1.30.0',
  '1.31.0',
  '1.32.0',
  '1.33.0',
  '1.34.0',
  '1.35.0',
  '1.36.0',
  '1.37.0',
];

// Static binaries, because the lab's images contain no libraries.
const GO = { CGO_ENABLED: '0', GOFLAGS: '-trimpath' };

/** Creates a folder of the cache completely or not at all. */
async function createFolder(folder: string, make: (temporary: string) => Promise<void>): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const temporary = mkdtempSync(`${folder}.partial-`);
  try {
    await make(temporary);
    // Another run may have finished first; its result is the same.
    if (!existsSync(folder)) renameSync(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** A copy of a module, with a file that its program embeds but its archive does not contain. */
async function completed({ folder, from, programs, missing }: GoModule, target: string): Promise<string> {
  if (missing === undefined) throw new Error(`${folder} has no missing file`);
  const answer = await must('go', ['mod', 'download', '-json', from], { cwd: join(TOOLS, folder), env: GO });
  const { Dir } = JSON.parse(answer) as { Dir: string };
  // The module cache is read-only; the copy is not.
  cpSync(Dir, target, { recursive: true });
  await must('chmod', ['-R', 'u+w', target]);
  mkdirSync(dirname(join(target, missing.file)), { recursive: true });
  writeFileSync(join(target, missing.file), '');
  return `./${programs[missing.program]?.slice(from.length + 1)}`;
}

async function buildProgram(module: GoModule, program: string): Promise<void> {
  const start = Date.now();
  const { folder, tags = '', missing } = module;
  await createFolder(dirname(programPath(program)), async (temporary) => {
    const source = join(temporary, 'source');
    const isIncomplete = missing?.program === program;
    const target = isIncomplete ? await completed(module, source) : (module.programs[program] ?? '.');
    await must(
      'go',
      ['build', '-tags', tags, '-ldflags', linkerFlags(module), '-o', join(temporary, program), target],
      {
        cwd: isIncomplete ? source : join(TOOLS, folder),
        env: GO,
      },
    );
    rmSync(source, { recursive: true, force: true });
  });
  console.log(`built ${program} ${programVersion(program)} in ${since(start)}`);
}

async function buildModule(module: GoModule): Promise<void> {
  for (const program of Object.keys(module.programs)) {
    if (!existsSync(programPath(program))) await buildProgram(module, program);
  }
}

/** Builds some programs if they are missing. @throws Error with the output of a failed build, or without Go */
export async function buildPrograms(names: readonly string[]): Promise<void> {
  requireGo();
  await buildModules(
    [...GO_MODULES, ...EARLIER_MODULES].filter(({ programs }) => names.some((name) => name in programs)),
  );
}

/** Two modules at a time, because linking uses one core. */
async function buildModules(modules: readonly GoModule[]): Promise<void> {
  const queue = [...modules];
  const worker = async () => {
    for (let module = queue.shift(); module !== undefined; module = queue.shift()) await buildModule(module);
  };
  await Promise.all([worker(), worker()]);
}

async function buildPython(): Promise<void> {
  if (existsSync(PYTHON)) return;
  const start = Date.now();
  await createFolder(PYTHON, async (temporary) => {
    await pipInstall('python', temporary);
    await must('python3', [join(TOOLS, 'python/schemas.py'), join(temporary, 'schemas'), ...KUBERNETES_SCHEMAS], {
      env: { PYTHONPATH: temporary },
    });
  });
  console.log(
    `installed checkov and the schemas of Kubernetes in ${since(start)}: ${SCHEMAS.replace(CACHE, '<cache>')}`,
  );
}

/** Installs what a folder pins. Not into a virtual environment, which could not be renamed. */
async function pipInstall(folder: string, target: string): Promise<void> {
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', target];
  await must('python3', [...pip, '--no-deps', '-r', join(TOOLS, folder, 'requirements.txt')]);
}

async function npmInstall(folder: string, target: string): Promise<void> {
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(TOOLS, folder, file), join(target, file));
  await must('npm', ['ci', '--silent', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: target });
}

/** Libraries of other package managers: where each is installed, by its folder of `lab/tools`. */
const LIBRARIES = [
  { folder: 'grafana-data', target: GRAFANA_DATA, install: npmInstall },
  { folder: 'sdk-node', target: SDK_NODE, install: npmInstall },
  { folder: 'sdk-python', target: SDK_PYTHON, install: pipInstall },
];

/** One after the other. */
async function installLibraries(): Promise<void> {
  for (const { folder, target, install } of LIBRARIES) {
    if (existsSync(target)) continue;
    const start = Date.now();
    await createFolder(target, (temporary) => install(folder, temporary));
    console.log(`installed ${folder} in ${since(start)}`);
  }
}

/** Builds everything that is missing. @throws Error with the output of a failed build */
export async function buildLab(): Promise<void> {
  const start = Date.now();
  await requireJudges();
  await Promise.all([buildModules(GO_MODULES), buildPython(), installLibraries()]);
  const programs = GO_MODULES.flatMap(({ programs }) => Object.keys(programs));
  console.log(
    `${programs.length} programs of ${GO_MODULES.length} Go modules are in the cache (${since(start)}). Different from what is shipped:`,
  );
  for (const [image, { program, remark }] of Object.entries(IMAGE_PROGRAMS)) {
    if (remark === undefined) continue;
    const built = program === null ? 'nothing' : `${program} ${programVersion(program)}`;
    console.log(`  ${image} ${IMAGES[image as ImageKey].tag}: ${built}, ${remark}`);
  }
}
