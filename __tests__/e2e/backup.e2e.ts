/** Backup and restore of a stack of its own: everything that was written is there again after all of it was destroyed. */
import { cleanAtEnd, kubectl } from '../cluster/cluster';
import { data } from './backup/data';
import { destroyed } from './backup/destroyed';
import { interrupted } from './backup/interrupted';
import { ontoRunning } from './backup/onto-running';
import { refused } from './backup/refused';
import { BACKUP, SENDERS } from './backup/stack';
import { underLoad } from './backup/under-load';
import { writeReport } from './stack';

beforeAll(() => {
  const found = kubectl(['get', 'namespace', BACKUP, SENDERS, '--ignore-not-found', '-o', 'name']).trim();
  if (found !== '')
    throw new Error(`these tests make and delete ${found.replaceAll('\n', ', ')}, which are there already`);
});
afterAll(() => {
  writeReport('e2e-backup');
  cleanAtEnd(BACKUP, SENDERS);
});

describe('a stack with data', data);
describe('a backup under load', underLoad);
describe('a backup that ends half way', interrupted);
describe('a backup that must not be restored', refused);
describe('everything is destroyed, and restored', destroyed);
describe('a restore onto the stack that runs', ontoRunning);
