import { join } from 'node:path';
import { readManifests } from '../../../lab/conformance/manifests';
import { ROOT } from '../../support';
import { HAS_GRAFANA, OVERLAY, projectWith, render } from '../stack';

/** The environment under test is `dist/development`, but for the number of Grafana's pods where there is no image of it. */
export function overlay(): void {
  test('are dist/development, but for one field', () => {
    const { objects } = readManifests(render(projectWith(OVERLAY)));
    const committed = readManifests(join(ROOT, 'dist/development')).objects.map((object) =>
      HAS_GRAFANA || object.kind !== 'Deployment' || object.metadata.name !== 'grafana'
        ? object
        : { ...object, spec: { ...(object.spec as object), replicas: 0 } },
    );
    expect(Object.keys(OVERLAY)).toHaveLength(HAS_GRAFANA ? 0 : 1);
    expect(objects).toEqual(committed);
  });
}
