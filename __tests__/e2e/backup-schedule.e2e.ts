/** Scheduled backups of a stack of its own, encrypted, to an S3 server in the cluster: what a CronJob has stored can be restored. */
import { cleanAtEnd, kubectl } from '../cluster/cluster';
import { scheduled } from './backup-schedule/scheduled';
import { SENDERS, STACK } from './backup-schedule/stack';

beforeAll(() => {
  const found = kubectl(['get', 'namespace', STACK, SENDERS, '--ignore-not-found', '-o', 'name']).trim();
  if (found !== '')
    throw new Error(`these tests make and delete ${found.replaceAll('\n', ', ')}, which are there already`);
});
afterAll(() => {
  cleanAtEnd(STACK, SENDERS);
});

describe('scheduled backups', scheduled);
