/** The versions of the programs in `lab/programs.ts`. */
import type { ImageKey } from '../config/images';
import { EARLIER_MODULES, GO_MODULES, type GoModule, IMAGE_PROGRAMS } from './programs';

/** The module of a program. @throws Error for a program that is not in the table */
export function moduleOf(program: string): GoModule {
  const found = [...GO_MODULES, ...EARLIER_MODULES].find(({ programs }) => program in programs);
  if (found === undefined) throw new Error(`${program} is not in lab/programs.ts`);
  return found;
}

/**
 * The version that a go.mod pins, as the program prints it: `v1.34.4` is 1.34.4, Prometheus' module v0.316.0 is 3.16.0, and
 * Jaeger's v1.76.0 is 2.13.0.
 * @param goMod the text of the module's go.mod
 * @throws Error if it does not require the module
 */
export function versionOf({ from, folder, release = (version) => version }: GoModule, goMod: string): string {
  const required = goMod.split('\n').find((line) => line.replace('require ', '').trim().startsWith(`${from} v`));
  const version = required?.match(/ v(\d\S*)/)?.[1];
  if (version === undefined) throw new Error(`lab/tools/${folder}/go.mod does not require ${from}`);
  return release(version);
}

/** The program and version that ran with our manifests in place of an image, for the README. */
export function testedWith(image: ImageKey, goModOf: (folder: string) => string): string {
  const { program, remark } = IMAGE_PROGRAMS[image];
  if (program === null) return `not tested: ${remark}`;
  const module = moduleOf(program);
  const version = `${versionOf(module, goModOf(module.folder))}, built from its Go module`;
  return remark === undefined ? version : `${version} (${remark})`;
}
