import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { SHOP } from './shop';

/** The service itself. Its namespace exists already. */
export class ShopChart extends Chart {
  /** @param otlpEndpoint where its SDK sends spans */
  constructor(scope: Construct, id: string, { otlpEndpoint }: { readonly otlpEndpoint: string }) {
    super(scope, id, { namespace: SHOP.namespace });
    const labels = SHOP.podLabels;
    new ApiObject(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'shop' },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'shop',
                image: 'registry.example.com/shop:1.4.2',
                ports: [{ name: 'http', containerPort: 8080 }],
                env: [
                  { name: 'OTEL_SERVICE_NAME', value: 'shop' },
                  { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: 'grpc' },
                  { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: otlpEndpoint },
                ],
              },
            ],
          },
        },
      },
    });
  }
}
