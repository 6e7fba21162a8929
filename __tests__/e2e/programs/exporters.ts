/** The OpenTelemetry SDK's exporters, by OTLP protocol. */
import { OTLPMetricExporter as GrpcMetrics } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as JsonMetrics } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufMetrics } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as GrpcSpans } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonSpans } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufSpans } from '@opentelemetry/exporter-trace-otlp-proto';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';

/** OTLP over HTTP in JSON or protobuf, or over gRPC. */
export type Protocol = 'json' | 'protobuf' | 'grpc';

/** Exporters to an endpoint: `http://host:4318` for HTTP, `http://host:4317` for gRPC without TLS. */
export function exportersFor(
  protocol: Protocol,
  endpoint: string,
): { spans: SpanExporter; metrics: PushMetricExporter } {
  if (protocol === 'grpc')
    return { spans: new GrpcSpans({ url: endpoint }), metrics: new GrpcMetrics({ url: endpoint }) };
  const spans = { url: `${endpoint}/v1/traces` };
  const metrics = { url: `${endpoint}/v1/metrics` };
  return protocol === 'json'
    ? { spans: new JsonSpans(spans), metrics: new JsonMetrics(metrics) }
    : { spans: new ProtobufSpans(spans), metrics: new ProtobufMetrics(metrics) };
}
