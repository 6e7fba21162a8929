/** Rendering one environment against `helm template` of kube-prometheus-stack, which makes a stack of the same kind. */
import { buildPrograms } from '../../lab/build';
import { programPath } from '../../lab/cache';
import { measure } from './measure';
import { developmentProject, RENDER, ROOT } from './projects';
import { limited, notMeasured, plain, type Results } from './row';

/** As fast as Helm. */
const MAX_HELM_RATIO = 1;

/** A helm that is built from its module takes the cluster for a version that the chart refuses. */
const KUBERNETES = '1.34.0';

/** @throws Error if helm cannot be built, or the chart cannot be rendered */
export async function helm(): Promise<Results> {
  const what = 'render development / helm template of kube-prometheus-stack';
  const chart = process.env.HELM_CHART;
  if (chart === undefined || chart === '') {
    const reason = 'HELM_CHART names no folder of the chart with its sub-charts (docs/performance.md)';
    return { rows: [notMeasured(what, reason)], measured: null };
  }
  await buildPrograms(['helm']);
  const measured = measure({
    helm: { command: programPath('helm'), args: ['template', 'bench', chart, '--kube-version', KUBERNETES], cwd: ROOT },
    render: { args: RENDER, cwd: developmentProject() },
  });
  return {
    rows: [
      limited(`${what}, CPU time`, measured.render.cpuMs / measured.helm.cpuMs, 'times', MAX_HELM_RATIO),
      plain(`${what}, wall time`, measured.render.ms / measured.helm.ms, 'times'),
    ],
    measured,
  };
}
