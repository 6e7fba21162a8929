/** `make lab-build`: builds the real programs that are not in the cache, and says what could not be had. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { IMAGES, type ImageKey } from '../config/images';
import { CACHE, linkerFlags, PYTHON, programPath, programVersion, SCHEMAS, TOOLS } from './cache';
import { must, since } from './commands';
import { GO_MODULES, type GoModule, STAND_INS } from './programs';
import { requireJudges } from './system';

/** The versions of Kubernetes whose schemas judge the manifests: every minor one from the oldest that is supported. */
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

// Static programs, since an image of the lab holds nothing else.
const GO = { CGO_ENABLED: '0', GOFLAGS: '-trimpath' };

/** A folder of the cache that is made as a whole or not at all. */
async function whole(folder: string, make: (temporary: string) => Promise<void>): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const temporary = mkdtempSync(`${folder}.partial-`);
  try {
    await make(temporary);
    // Another run may have been faster; what it made is the same.
    if (!existsSync(folder)) renameSync(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** A copy of a module, with a file that its archive lacks and its program embeds. */
async function completed({ folder, from, programs, missing }: GoModule, target: string): Promise<string> {
  if (missing === undefined) throw new Error(`${folder} misses no file`);
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
  await whole(dirname(programPath(program)), async (temporary) => {
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

/** Two modules at a time: while one program is linked on one core, another is compiled. */
async function buildModules(): Promise<void> {
  const queue = [...GO_MODULES];
  const worker = async () => {
    for (let module = queue.shift(); module !== undefined; module = queue.shift()) await buildModule(module);
  };
  await Promise.all([worker(), worker()]);
}

async function buildPython(): Promise<void> {
  if (existsSync(PYTHON)) return;
  const start = Date.now();
  await whole(PYTHON, async (temporary) => {
    // Not a virtual environment: that would not survive its renaming.
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', temporary];
    await must('python3', [...pip, '--no-deps', '-r', join(TOOLS, 'python/requirements.txt')]);
    await must('python3', [join(TOOLS, 'python/schemas.py'), join(temporary, 'schemas'), ...KUBERNETES_SCHEMAS], {
      env: { PYTHONPATH: temporary },
    });
  });
  console.log(
    `installed checkov and the schemas of Kubernetes in ${since(start)}: ${SCHEMAS.replace(CACHE, '<cache>')}`,
  );
}

/** Builds everything that is missing. @throws Error with the output of what did not build */
export async function buildLab(): Promise<void> {
  const start = Date.now();
  await requireJudges();
  await Promise.all([buildModules(), buildPython()]);
  const programs = GO_MODULES.flatMap(({ programs }) => Object.keys(programs));
  console.log(
    `${programs.length} programs of ${GO_MODULES.length} Go modules are in the cache (${since(start)}). Not as shipped:`,
  );
  for (const [image, { program, remark }] of Object.entries(STAND_INS)) {
    if (remark === undefined) continue;
    const had = program === null ? 'nothing' : `${program} ${programVersion(program)}`;
    console.log(`  ${image} ${IMAGES[image as ImageKey].tag}: ${had}, ${remark}`);
  }
}
