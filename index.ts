/**
 * The public API: an observability stack as a construct for your own cdk8s app. What is not exported here may change with any
 * version.
 *
 * @packageDocumentation
 */
export type * from './config/environment-input';
export { ConfigError, type Problem } from './config/problems';
export { synth } from './lib/synth';
export type * from './library/handles';
export { ObservabilityStack, type ObservabilityStackProps } from './library/stack';
export type * from './library/stack-files';
