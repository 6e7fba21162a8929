import { defineComponent } from '../common/component';
import { SmokeTest } from './chart';
import { schema } from './schema';

/** The smoke test: a Job in a folder of its own, since an apply of the stack must not run it. */
export const smokeTest = defineComponent({
  key: 'smokeTest',
  order: 95,
  schema,
  build: (context, settings) => {
    const scope = settings.enabled ? context.separateScope('hooks') : null;
    return scope === null ? null : new SmokeTest(scope, context, settings);
  },
});
