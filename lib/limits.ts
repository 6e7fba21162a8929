/**
 * The size limits that a span passes on its way to disk, each larger than the one before. In a wrong order they lose data: a request beyond
 * the receiver's limit is permanently rejected, and dropped (measured: of 1,368 acknowledged spans of 10 kB, 64 arrived when the queue
 * merged requests to batches that it counted in items).
 */
export const INTAKE_LIMITS = {
  /** One attribute value, in bytes. Badger indexes every attribute, and refuses keys beyond 65,000 bytes. */
  attributeBytes: 32 * 1024,
  /** All attributes of a span, event, scope or resource as JSON, in bytes: below it, no single value can be too long. */
  attributesTotalBytes: 60_000,
  /** Attributes of one span, event, scope or resource. SDKs stop at 128 (OpenTelemetry specification, attribute limits). */
  attributeCount: 256,
  /** Names of services, spans, events and scopes, and keys of attributes, in bytes: each is part of an index key. */
  nameBytes: 512,
  /** One request to the Collector's receiver, gRPC and HTTP: 4 MiB, gRPC's default. */
  requestBytes: 4 * 2 ** 20,
  /**
   * One message that Jaeger receives: 64 MiB. A request goes on as one message, and it grows on its way, at most tenfold: the smallest
   * resource with a span has 50 bytes and gets 450 (its instance, cluster, environment and Kubernetes attributes), the smallest personal
   * attribute has 14 bytes and gets a hash of 64.
   */
  jaegerMessageBytes: 64 * 2 ** 20,
} as const;

/** Our limit for one Kubernetes object: 200 KiB. Client-side apply fails with annotations of 256 KiB. */
export const MAX_OBJECT_BYTES = 200 * 1024;
