import { readArguments } from '../../../verbs/connect/arguments';

test.each([
  [['a', 'b'], /more than one service: a, b/],
  [['--nope'], /Unknown option '--nope'[\s\S]*--help prints the arguments/],
  [['a', '--language=go', '--protocol=grpc'], /Only with --namespace: --language, --protocol/],
  [['a', '--namespace'], /--namespace/],
])('%j is refused', (words, message) => {
  expect(() => readArguments(words)).toThrow(message);
});

test('all values that are not allowed are listed, with what is', () => {
  const attempt = () => readArguments(['a', '--namespace=SHOP', '--language=cobol', '--workload=job/a']);
  expect(attempt).toThrow(/3 problems/);
  expect(attempt).toThrow(/--namespace\n {4}value {4}"SHOP"\n {4}allowed {2}an RFC 1123 label/);
  expect(attempt).toThrow(/--language\n {4}value {4}"cobol"\n {4}allowed {2}cpp, dotnet/);
  expect(attempt).toThrow(/--workload\n {4}value {4}"job\/a"\n {4}allowed {2}deployment\/NAME, statefulset\/NAME/);
});

test('without arguments the service is that of OTEL_SERVICE_NAME', () => {
  expect(readArguments([])).toEqual({ service: null, output: 'patch', help: false });
});
