/** Projects in temporary folders, to be rendered. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The project's folder. */
export const ROOT = process.cwd();

/** The arguments of Node.js that render the project in the current folder. */
export const RENDER = [join(ROOT, 'scripts/app.js'), 'main.ts'];

const folders: string[] = [];

function project(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-observability-bench-'));
  folders.push(folder);
  symlinkSync(join(ROOT, 'scripts'), join(folder, 'scripts'));
  cpSync(join(ROOT, 'cdk8s.yaml'), join(folder, 'cdk8s.yaml'));
  return folder;
}

/** A copy of this project with development as its only environment. */
export function developmentProject(): string {
  const folder = project();
  for (const name of ['environments/development.yaml', 'rules', 'dashboards', 'sampling'])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  return folder;
}

/** A project with one environment that scrapes this many services. */
export function projectOf(services: number): string {
  const folder = project();
  mkdirSync(join(folder, 'environments'));
  const entries = Array.from({ length: services }, (_, index) => `{name: service-${index}, port: ${1024 + index}}`);
  writeFileSync(join(folder, 'environments/bench.yaml'), `janServer:\n  services: [${entries.join(', ')}]\n`);
  return folder;
}

/** Deletes all projects. */
export function removeProjects(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
