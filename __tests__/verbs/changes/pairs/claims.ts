/** Claims: size, class, modes, and how many. */
import { edit, edited, type ImpactPair, NONE, pair, TWO } from './pair';
import { OPENSEARCH } from './stores';

/** What is refused where the claims of two Collectors and of the others get another class. */
const NEW_CLAIMS = [
  ...['alertmanager-data', 'grafana-data', 'jaeger-data', 'prometheus-data'].map(
    (name) => `PersistentVolumeClaim/${name}: new claim`,
  ),
  'StatefulSet/otel-collector: new claim',
];

/** Claims, and templates of claims. */
export const ofClaims: readonly ImpactPair[] = [
  pair('a claim grows', {}, { jaeger: { storage: '20Gi' } }, { severity: 'none', grows: ['jaeger-data'] }),
  pair(
    'a claim shrinks',
    {},
    { jaeger: { storage: '5Gi' } },
    {
      severity: 'data',
      refused: ['PersistentVolumeClaim/jaeger-data: new claim'],
    },
  ),
  pair(
    'another class',
    { storage: { className: 'standard' } },
    { storage: { className: 'fixed' } },
    {
      severity: 'data',
      refused: ['alertmanager-data', 'grafana-data', 'jaeger-data', 'otel-collector-queue', 'prometheus-data'].map(
        (name) => `PersistentVolumeClaim/${name}: new claim`,
      ),
    },
  ),
  pair(
    'a class is named',
    {},
    { storage: { className: 'fixed' }, jaeger: { store: OPENSEARCH } },
    {
      severity: 'data',
      refused: ['alertmanager-data', 'grafana-data', 'otel-collector-queue', 'prometheus-data'].map(
        (name) => `PersistentVolumeClaim/${name}: new claim`,
      ),
      risks: ['PersistentVolumeClaim/jaeger-data', 'Jaeger'],
      restarts: ['Deployment/otel-collector', 'Deployment/grafana'],
      reloads: ['Deployment/prometheus'],
    },
  ),
  edited(
    'other access modes',
    {},
    [edit('PersistentVolumeClaim', 'grafana-data', { 'spec.accessModes': ['ReadWriteMany'] })],
    {
      severity: 'data',
      refused: ['PersistentVolumeClaim/grafana-data: new claim'],
    },
  ),
  edited('a volume by name', {}, [edit('PersistentVolumeClaim', 'grafana-data', { 'spec.volumeName': 'disk-1' })], {
    severity: 'data',
    refused: ['PersistentVolumeClaim/grafana-data: new claim'],
  }),
  edited(
    'a label of a claim',
    {},
    [edit('PersistentVolumeClaim', 'grafana-data', { 'metadata.labels.tier': 'a' })],
    NONE,
  ),
  pair(
    'a template of claims grows',
    { collector: { replicas: 2, queue: { storage: '5Gi' } } },
    { collector: { replicas: 2, queue: { storage: '8Gi' } } },
    {
      severity: 'refused',
      refused: ['StatefulSet/otel-collector: orphan'],
      grows: ['queue-otel-collector-0', 'queue-otel-collector-1'],
    },
  ),
  pair('a template of claims shrinks', { collector: { replicas: 2, queue: { storage: '8Gi' } } }, TWO, {
    severity: 'refused',
    refused: ['StatefulSet/otel-collector: orphan'],
  }),
  pair(
    'another class of a template',
    { ...TWO, storage: { className: 'standard' } },
    { ...TWO, storage: { className: 'fixed' } },
    {
      severity: 'data',
      refused: NEW_CLAIMS,
    },
  ),
  pair(
    'a class of a template is named',
    TWO,
    { ...TWO, storage: { className: 'fixed' } },
    {
      severity: 'data',
      refused: NEW_CLAIMS,
    },
  ),
  edited(
    'annotations of a template',
    TWO,
    [edit('StatefulSet', 'otel-collector', { 'spec.volumeClaimTemplates.0.metadata.annotations.tier': 'a' })],
    {
      severity: 'refused',
      refused: ['StatefulSet/otel-collector: orphan'],
    },
  ),
];

/** Claims that pods no longer use. */
export const ofReplicas: readonly ImpactPair[] = [
  pair('a Deployment becomes a StatefulSet', {}, TWO, {
    severity: 'data',
    risks: ['PersistentVolumeClaim/otel-collector-queue'],
    reloads: ['Deployment/prometheus', 'Deployment/grafana'],
  }),
  pair(
    'a StatefulSet becomes a Deployment',
    TWO,
    {},
    {
      severity: 'data',
      risks: ['PersistentVolumeClaim/queue-otel-collector-0, queue-otel-collector-1'],
      reloads: ['Deployment/prometheus', 'Deployment/grafana'],
    },
  ),
  pair('a pod less', { collector: { replicas: 3 } }, TWO, {
    severity: 'data',
    risks: ['PersistentVolumeClaim/queue-otel-collector-2'],
  }),
  pair('a pod more', TWO, { collector: { replicas: 3 } }, NONE),
];
