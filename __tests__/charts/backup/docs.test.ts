/** docs/backup.md shows a pod and an rclone.conf that people copy: they must fit what is rendered. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { schema } from '../../../charts/backup/schema';
import { COPIES } from '../../../charts/backup/scripts';
import { IMAGES } from '../../../config/images';
import { find, ROOT, render } from '../../support';

const TEXT = readFileSync(join(ROOT, 'docs/backup.md'), 'utf8');
const blocks = (language: string) =>
  [...TEXT.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);
const pod = parseAllDocuments(blocks('yaml').find((text) => text.includes('name: fetch')) ?? '')[0]?.toJS();

test('the pod that fetches has the image of the CronJobs, and their claim', () => {
  const { registry, repository, tag } = IMAGES.backupStore;
  expect(pod.spec.containers[0].image).toBe(`${registry}/${repository}:${tag}`);
  const [volume] = pod.spec.volumes;
  const claims = render("backup: {schedule: '30 2 * * *'}");
  expect(find(claims, 'PersistentVolumeClaim', volume.persistentVolumeClaim.claimName)).toBeDefined();
  expect(pod.spec.containers[0].volumeMounts[0].mountPath).toBe(COPIES);
});

test('the schedule that is shown is accepted, and rclone.conf is of the same bucket', () => {
  const [text = ''] = blocks('yaml');
  const { backup } = parseAllDocuments(text)[0]?.toJS() ?? {};
  const { destination } = schema.parse(backup);
  if (destination.type !== 's3') throw new Error('the example has no bucket');
  const [conf = ''] = blocks('ini');
  expect(conf).toContain(`remote = s3:${destination.bucket}/${destination.folder}/\n`);
  for (const value of [destination.url, destination.region, destination.provider])
    expect(conf).toContain(` = ${value}\n`);
});
