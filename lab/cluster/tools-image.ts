/** The image with which backups are made: a shell, and Python with SQLite. */
import { must } from '../commands';
import { type Image, SHELL } from './image';

/** Parts of Python's library that no backup uses: they are most of it. */
export const PYTHON_REST =
  /\/(test|tests|__pycache__|site-packages|dist-packages|idlelib|ensurepip|tkinter|config-[^/]*|lib2to3)$/;

interface PythonPaths {
  readonly program: string;
  readonly library: string;
  readonly sqlite: string;
}

/** A shell with its commands, and this machine's Python with SQLite. Its files are at the paths that Python was built for. */
export async function toolsImage(name: string, user: string): Promise<Image> {
  const ask =
    'import json, os, sys, sysconfig, _sqlite3; print(json.dumps({"program": os.path.realpath(sys.executable), "library": sysconfig.get_paths()["stdlib"], "sqlite": _sqlite3.__file__}))';
  const { program, library, sqlite } = JSON.parse(await must('python3', ['-c', ask])) as PythonPaths;
  const libraries = await Promise.all([program, sqlite].map((file) => must('ldd', [file])));
  const shared = [...libraries.join('\n').matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, path = '']) => [path, path]);
  return {
    name,
    entrypoint: ['/bin/sh'],
    user,
    files: { ...Object.fromEntries(shared), ...SHELL.files, [program]: program, [library]: library },
    links: { ...SHELL.links, '/usr/local/bin/python3': program },
  };
}
