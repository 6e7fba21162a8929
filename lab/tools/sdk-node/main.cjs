/**
 * A program with OpenTelemetry's SDK for Node.js, which is set up by variables alone: it makes some traces of a span each and counts them,
 * then ends.
 *
 * Usage: node main.cjs <folder of node_modules> <name of the spans> <how many>
 */
const { createRequire } = require('node:module');
const { join } = require('node:path');

const [folder, name, count] = process.argv.slice(2);
const load = createRequire(join(folder, 'package.json'));
const { diag, DiagConsoleLogger, DiagLogLevel, metrics, trace } = load('@opentelemetry/api');
const { NodeSDK } = load('@opentelemetry/sdk-node');

async function main() {
  diag.setLogger(new DiagConsoleLogger(), DiagLogLevel.WARN);
  const sdk = new NodeSDK();
  sdk.start();
  const counter = metrics.getMeter('lab').createCounter('lab.sdk.calls');
  for (let index = 0; index < Number(count); index += 1) {
    trace.getTracer('lab').startSpan(name).end();
    counter.add(1);
  }
  await sdk.shutdown();
}

main();
