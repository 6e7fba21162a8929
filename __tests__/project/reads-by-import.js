/**
 * Loaded before a program (`node --require`): notes each file and each variable of the environment that code of a folder reads, by the
 * caller on the stack, and prints them as JSON when the program ends.
 */
const fs = require('node:fs');

const folder = process.env.WATCHED_FOLDER;
const found = [];

/** Whether the function that calls is in a file of the folder. Frames are: this one, the one that was replaced, natives such as Object.keys, its caller. */
function isWatched() {
  const frames = (new Error().stack ?? '').split('\n').slice(3);
  const caller = frames.find((frame) => !frame.includes('<anonymous>)')) ?? '';
  return caller.includes(folder);
}

for (const [where, methods] of [
  ['fs', fs],
  ['fs.promises', fs.promises],
]) {
  for (const [name, method] of Object.entries(methods)) {
    if (typeof method !== 'function' || /^[A-Z_]/.test(name)) continue;
    methods[name] = function (...args) {
      if (isWatched()) found.push(`${where}.${name}`);
      return method.apply(this, args);
    };
  }
}

process.env = new Proxy(process.env, {
  get(target, name) {
    if (isWatched()) found.push(`env ${String(name)}`);
    return target[name];
  },
  ownKeys(target) {
    if (isWatched()) found.push('env');
    return Reflect.ownKeys(target);
  },
});

process.on('exit', () => process.stdout.write(JSON.stringify(found)));
