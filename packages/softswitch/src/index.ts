export * from './create-softswitch.ts';
export * from './overload/delay-monitor.ts';
export * from './registrar/device-secret.ts';
export * from './softswitch.ts';
export * from './softswitch-options.ts';
export * from './subscriptions/state-sources.ts';
