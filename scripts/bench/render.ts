/** How long one environment takes, as a ratio to loading the libraries that it is made with. */
import { join } from 'node:path';
import { measure } from './measure';
import { developmentProject, RENDER, ROOT } from './projects';
import { limited, plain, type Results } from './row';

/** The limit for rendering, as a multiple of the CPU time to load cdk8s and cdk8s-plus-28. */
const MAX_RENDER_RATIO = 3.2;

/** The limit for what the cdk8s CLI takes beyond its own start, in seconds of CPU time. */
const MAX_SYNTH_SECONDS = 0.6;

export function render(): Results {
  const cwd = developmentProject();
  const cli = join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s');
  const start = measure({
    floor: { args: ['-e', "require('cdk8s');require('cdk8s-plus-28')"], cwd: ROOT },
    render: { args: RENDER, cwd },
  });
  const commands = measure({ version: { args: [cli, '--version'], cwd }, synth: { args: [cli, 'synth'], cwd } }, 7);
  const what = 'render development / require cdk8s and cdk8s-plus-28';
  const { floor, render: rendered } = start;
  return {
    rows: [
      limited(`${what}, CPU time`, rendered.cpuMs / floor.cpuMs, 'times', MAX_RENDER_RATIO),
      plain(`${what}, wall time`, rendered.ms / floor.ms, 'times'),
      limited(
        'cdk8s synth - cdk8s --version, CPU time',
        (commands.synth.cpuMs - commands.version.cpuMs) / 1000,
        's',
        MAX_SYNTH_SECONDS,
      ),
      plain('peak memory, development', rendered.mib, 'MiB'),
    ],
    measured: { start, commands },
  };
}
