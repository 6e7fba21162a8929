/**
 * The schema of an environment file: types, bounds, units and defaults of every key, each in one place. A component's key is in its
 * own folder. Unknown keys are errors. `environment.schema.json` and `docs/configuration.md` are generated from it.
 */
import * as z from 'zod';
import { COMPONENTS } from '../charts';
import type { Component } from '../charts/common/component';
import type { Immutable } from '../config/immutable';
import { alerts } from '../config/schema/alerts';
import { capacity } from '../config/schema/capacity';
import { metrics } from '../config/schema/metrics';
import { images, network, patches } from '../config/schema/overrides';
import { cluster, platform, scheduling, storage } from '../config/schema/platform';
import { slos } from '../config/schema/slos';
import { dnsLabel } from '../config/units';

type Components = typeof COMPONENTS;

/** Every component. */
export const ALL_COMPONENTS: readonly Component[] = Object.values(COMPONENTS);

/** The components in the order of their files. */
export const COMPONENTS_IN_ORDER: readonly Component[] = [...ALL_COMPONENTS].sort((a, b) => a.order - b.order);

/** Each component's part, under its key. */
const byComponent = Object.fromEntries(ALL_COMPONENTS.map(({ key, schema }) => [key, schema])) as {
  [Key in keyof Components]: Components[Key]['schema'];
};

const reachable = ALL_COMPONENTS.filter((component) => component.reachable === true).map(({ key }) => key);

/** An environment file. */
export const environmentSchema = z
  .strictObject({
    namespace: dnsLabel()
      .default('jan-monitoring')
      .describe(
        'namespace of the stack; it enforces the `restricted` Pod Security level, so share it with nothing else',
      ),
    platform,
    cluster,
    storage,
    scheduling,
    capacity,
    ...byComponent,
    alerts,
    slos,
    metrics,
    network: network(reachable),
    images,
    patches,
  })
  .describe('An environment of cdk8s-observability');

/** The output of the schema: every default is filled in. */
export type Settings = Immutable<z.output<typeof environmentSchema>>;
/** The input of the schema: every key with a default is optional. */
export type EnvironmentInput = z.input<typeof environmentSchema>;
