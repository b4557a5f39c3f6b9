export * from './memory-agent-logins.ts';
export * from './memory-event-log.ts';
export * from './sample-house.ts';
export * from './sample-town.ts';
export * from './scripted-call-control.ts';
export * from './scripted-reachability.ts';
