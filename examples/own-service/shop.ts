/** What is known of the service: its pods, its metrics, and what is made of them. */
import type { EnvironmentInput, RuleGroup } from 'cdk8s-observability';

/** Its pods. */
export const SHOP = { namespace: 'shop', podLabels: { 'app.kubernetes.io/name': 'shop' } } as const;

/** Its metrics. */
export const shopMetrics: EnvironmentInput['metrics'] = [
  { name: 'shop_orders_total', type: 'counter', labels: ['outcome'], unit: 'orders' },
  { name: 'shop_open_carts', type: 'gauge', unit: 'carts' },
];

/** Share of orders that fail, recorded and alerted on. */
export const shopRules: { readonly groups: readonly RuleGroup[] } = {
  groups: [
    {
      name: 'shop',
      rules: [
        {
          record: 'shop:failed_orders:ratio_rate5m',
          expr: 'sum(rate(shop_orders_total{outcome="failed"}[5m])) / sum(rate(shop_orders_total[5m]))',
        },
        {
          alert: 'ShopOrdersFail',
          expr: 'shop:failed_orders:ratio_rate5m > 0.05',
          for: '10m',
          labels: { severity: 'critical' },
          annotations: {
            summary: 'More than 5 % of orders fail',
            description: '{{ $value | humanizePercentage }} of orders.',
          },
        },
      ],
    },
  ],
};

/** A dashboard in Grafana's own form. */
export const shopDashboard = {
  uid: 'shop',
  title: 'Shop',
  schemaVersion: 42,
  time: { from: 'now-6h', to: 'now' },
  panels: [
    {
      id: 1,
      type: 'timeseries',
      title: 'Orders a second, by outcome',
      gridPos: { x: 0, y: 0, w: 24, h: 9 },
      datasource: { type: 'prometheus', uid: 'prometheus' },
      targets: [{ refId: 'A', expr: 'sum by (outcome) (rate(shop_orders_total[$__rate_interval]))' }],
    },
  ],
};
