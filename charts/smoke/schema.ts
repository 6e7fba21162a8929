import * as z from 'zod';
import type { Immutable } from '../../config/immutable';
import { resources } from '../../config/schema/common';
import { CHECK_NAMES } from './names';

/** The smoke test. */
export const schema = z
  .strictObject({
    enabled: z.boolean().default(true).describe('false: no Job in `hooks/`, and no make monitor-test'),
    skip: z
      .array(z.enum(CHECK_NAMES))
      .max(CHECK_NAMES.length)
      .default([])
      .describe(
        'checks to leave out, for example claims where the storage reports no usage, as that of kind; make monitor-test names them',
      ),
    resources: resources({ cpu: '50m', memory: '256Mi', ephemeralStorage: '32Mi' }),
  })
  .prefault({})
  .describe(
    'the smoke test: a Job that sends a trace and a metric, finds them again, and checks what else must work; make monitor-test runs it',
  );

/** This key of an environment, with all defaults. */
export type SmokeTestSettings = Immutable<z.output<typeof schema>>;
