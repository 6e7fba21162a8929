/** Checks that a patched object still has the structure which the checks and cdk8s expect. */
import * as z from 'zod';

const text = z.string();
const texts = z.record(z.string(), text);
const configMap = z.looseObject({ name: text.optional() });

const container = z.looseObject({
  name: text,
  args: z.array(text).optional(),
  command: z.array(text).optional(),
  env: z.array(z.looseObject({ name: text, value: text.optional() })).optional(),
});

const podSpec = z.looseObject({
  containers: z.array(container),
  initContainers: z.array(container).optional(),
  volumes: z
    .array(
      z.looseObject({
        name: text,
        configMap: configMap.optional(),
        projected: z
          .looseObject({ sources: z.array(z.looseObject({ configMap: configMap.optional() })).optional() })
          .optional(),
      }),
    )
    .optional(),
});

const template = z.looseObject({ spec: podSpec });

const object = z.looseObject({
  apiVersion: text,
  kind: text,
  metadata: z.looseObject({
    name: text,
    namespace: text.optional(),
    labels: texts.optional(),
    annotations: texts.optional(),
  }),
});

/** Kinds whose structure besides the metadata is checked too. */
const KINDS: ReadonlyMap<string, z.ZodType> = new Map([
  ['ConfigMap', z.looseObject({ data: texts.optional() })],
  [
    'CronJob',
    z.looseObject({ spec: z.looseObject({ jobTemplate: z.looseObject({ spec: z.looseObject({ template }) }) }) }),
  ],
  ...['Deployment', 'StatefulSet', 'DaemonSet'].map((kind): [string, z.ZodType] => [
    kind,
    z.looseObject({ spec: z.looseObject({ template }) }),
  ]),
]);

/** A field with a wrong type. */
export interface Misshapen {
  readonly path: readonly PropertyKey[];
  /** The expected value, in words. */
  readonly allowed: string;
}

const WORDS: Readonly<Record<string, string>> = { string: 'text', object: 'a map', record: 'a map', array: 'a list' };

/** Every field of an object with a wrong type. */
export const misshapen = (manifest: unknown, kind: string): Misshapen[] =>
  [object, KINDS.get(kind)].flatMap((schema) =>
    (schema?.safeParse(manifest).error?.issues ?? []).map((issue) => ({
      path: issue.path,
      allowed: (issue.code === 'invalid_type' && WORDS[issue.expected]) || 'another form',
    })),
  );
