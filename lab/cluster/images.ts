/** Images of the real programs, with the names and tags that the manifests use. No registry is needed. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { IMAGES, type ImageKey } from '../../config/images';
import { CACHE, programPath } from '../cache';
import { must } from '../commands';
import { IMAGE_PROGRAMS } from '../programs';
import { BUSYBOX, type Image, SHELL } from './image';
import { PYTHON_REST, toolsImage } from './tools-image';

/** Image of the pause container. */
export const PAUSE = 'registry.local/pause:1';
/** Image of the cluster's DNS. */
export const COREDNS = 'registry.local/coredns:1';

/** Image of the tests' own pods, which other clusters can pull. */
export const NODE_IMAGE = 'docker.io/library/node:20-bookworm-slim';

const forever = [BUSYBOX, 'sleep', '2147483647'];

/**
 * A stub for a program that is not available: answers each request on Grafana's port with one metric. It lets tests of the operator's
 * commands use the objects around it, and proves nothing about the program.
 */
const ANSWER =
  'HTTP/1.1 200 OK\\r\\nContent-Type: text/plain; version=0.0.4\\r\\nConnection: close\\r\\n\\r\\nstand_in 1\\n';
const stub = ['/bin/sh', '-c', `while true; do printf "${ANSWER}" | nc -l -p 3000; done`];

/** Node.js with its shared libraries, at the paths where its loader looks for them. */
async function nodeImage(): Promise<Image> {
  const libraries = (await must('ldd', [process.execPath])).matchAll(/(?:=> )?(\/\S+) \(0x/g);
  const files = Object.fromEntries([...libraries].map(([, path = '']) => [path, path]));
  return {
    name: NODE_IMAGE,
    entrypoint: ['/usr/local/bin/node'],
    user: '1000',
    files: { ...files, '/usr/local/bin/node': process.execPath },
  };
}

/** The time zone of our CronJobs: kube-state-metrics ends with an error over one that it does not find. The shipped image has all of them. */
const UTC = '/usr/share/zoneinfo/Etc/UTC';

/** What is used of an image besides its program. */
function alsoIn(key: ImageKey): Partial<Image> {
  const { tools = [] } = IMAGE_PROGRAMS[key];
  const others = Object.fromEntries(tools.map((tool) => [`/bin/${tool}`, programPath(tool)]));
  if (key === 'prometheus' || key === 'backupStore') {
    return { files: { ...others, ...SHELL.files }, links: SHELL.links };
  }
  return { files: key === 'kubeStateMetrics' && existsSync(UTC) ? { ...others, [UTC]: UTC } : others };
}

/** The image of a component. */
async function stackImage(key: ImageKey): Promise<Image> {
  const { registry, repository, tag } = IMAGES[key];
  const { program, path, user } = IMAGE_PROGRAMS[key];
  const name = `${registry}/${repository}:${tag}`;
  if (key === 'backupTools') return toolsImage(name, user);
  if (program === null) return { name, entrypoint: stub, user, ...SHELL };
  const { files, links } = alsoIn(key);
  return { name, entrypoint: [path], user, files: { [path]: programPath(program), ...files }, ...(links && { links }) };
}

/** Every image of the lab's node. */
export const labImages = async (): Promise<readonly Image[]> => [
  { name: PAUSE, entrypoint: forever, user: '65535', files: { [BUSYBOX]: BUSYBOX } },
  { name: COREDNS, entrypoint: ['/coredns'], user: '65532', files: { '/coredns': programPath('coredns') } },
  ...(await Promise.all((Object.keys(IMAGE_PROGRAMS) as ImageKey[]).map(stackImage))),
  await nodeImage(),
];

/** Creates the archive of an image, unless it exists: its name has a hash of the content. @returns its path */
export async function imageFile(image: Image): Promise<string> {
  const identity = createHash('sha256').update(JSON.stringify(image)).digest('hex').slice(0, 12);
  const file = join(CACHE, 'images', `${basename(image.name).replace(':', '-')}-${identity}.tar`);
  if (existsSync(file)) return file;
  const folder = mkdtempSync(join(tmpdir(), 'image-'));
  try {
    await pack(image, folder);
    mkdirSync(dirname(file), { recursive: true });
    await must('tar', ['-C', folder, '-cf', `${file}.${process.pid}`, 'manifest.json', 'config.json', 'layer.tar']);
    renameSync(`${file}.${process.pid}`, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return file;
}

/** Writes a docker-archive: one layer, its configuration, and a manifest that refers to both. */
async function pack({ name, entrypoint, user, files, links = {} }: Image, folder: string): Promise<void> {
  const root = join(folder, 'root');
  const place = (path: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    return join(root, path);
  };
  for (const [path, source] of Object.entries(files)) {
    const filter = (from: string) => !PYTHON_REST.test(from);
    cpSync(source, place(path), { dereference: true, recursive: true, filter });
    chmodSync(join(root, path), 0o755);
  }
  for (const [path, target] of Object.entries(links)) symlinkSync(target, place(path));
  writeFileSync(place('/etc/passwd'), 'root:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n');
  writeFileSync(place('/etc/nsswitch.conf'), 'hosts: files dns\n');
  mkdirSync(place('/tmp'), { mode: 0o1777 });
  await must('tar', [
    '-C',
    root,
    '--owner=0',
    '--group=0',
    '--mtime=@0',
    '--sort=name',
    '-cf',
    join(folder, 'layer.tar'),
    '.',
  ]);
  const layer = createHash('sha256')
    .update(readFileSync(join(folder, 'layer.tar')))
    .digest('hex');
  const config = {
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: { Entrypoint: entrypoint, User: user, Env: ['PATH=/bin:/usr/bin:/sbin:/usr/local/bin'], WorkingDir: '/' },
    rootfs: { type: 'layers', diff_ids: [`sha256:${layer}`] },
    history: [{}],
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const manifest = [{ Config: 'config.json', RepoTags: [name], Layers: ['layer.tar'] }];
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
}
