/** A service of your own beside the stack: its traces, metrics, rules and dashboard come from one place. */
import { App, JsonPatch } from 'cdk8s';
import { ObservabilityStack, synth } from 'cdk8s-observability';
import { SHOP, shopDashboard, shopMetrics, shopRules } from './shop';
import { ShopChart } from './shop-chart';

const app = new App();
const parts = [app];

const stack = new ObservabilityStack(app, 'observability', {
  environment: 'production',
  settings: {
    janServer: null,
    // Rules and panels are checked against these.
    metrics: shopMetrics,
    grafana: { rootUrl: 'https://grafana.example.com/' },
  },
  // What must be applied apart, each in a folder of its own: keep, and one for each namespace that Prometheus finds pods in.
  scopeOf: (folder) => {
    const part = new App({ outdir: `${app.outdir}/${folder}` });
    parts.push(part);
    return part;
  },
});

// Asking for the address on behalf of the pods lets them in.
new ShopChart(app, 'shop', { otlpEndpoint: stack.collector.otlpGrpc.urlFor(SHOP) });

// One call: the scrape job, the network rule, and the right to find pods in that namespace.
stack.prometheus.scrape({ ...SHOP, job: 'shop', port: 8080, interval: '30s' });
stack.prometheus.addRules('shop.yaml', shopRules);
stack.grafana.addDashboard('shop.json', shopDashboard);

// Browsers come through the ingress controller.
stack.network.allow({ namespace: 'ingress-nginx' }, stack.grafana.http);

// The ecosystem's own way out, for whatever no setting covers. It renders the objects, so it comes last.
stack.grafana
  .apiObject('Service', 'grafana')
  .addJsonPatch(JsonPatch.add('/metadata/annotations', { 'example.com/owner': 'platform' }));

for (const part of parts) synth(part);
