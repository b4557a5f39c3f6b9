export { TestHouse, everybodysPassword } from './test-house.ts';
export { TestBrowser, LiveScreen, type Answer } from './test-browser.ts';
export { buildTown } from './town.ts';
