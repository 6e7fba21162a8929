import { App } from 'cdk8s';
import { ObservabilityStack, synth } from 'cdk8s-observability';

const app = new App();
const keep = new App({ outdir: `${app.outdir}/keep` });

new ObservabilityStack(app, 'observability', {
  environment: 'development',
  settings: { janServer: null, prometheus: { retention: { time: '7d', size: '5Gi' } } },
  // The Namespace and the claims: a folder of their own, so that `kubectl delete -f dist` keeps the data.
  scopeOf: () => keep,
});

for (const part of [keep, app]) synth(part);
