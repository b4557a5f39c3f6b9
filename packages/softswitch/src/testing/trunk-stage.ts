import type { Trunk, TrunkState } from '@amtsleitung/domain';
import { TestHouse } from './test-house.ts';
import { registeringTrunk, TestLocator, TestProvider } from './test-provider.ts';

/** Addresses of the provider's servers. */
export const providerHosts = ['10.1.0.1', '10.1.0.2', '10.1.0.3'];

/** A house whose only trunk registers at a provider with this many servers. */
export async function trunkStage(servers = 1, trunk: Trunk = registeringTrunk) {
  const locator = new TestLocator();
  const house = new TestHouse({ options: { locator } });
  const providers = providerHosts.slice(0, servers).map((host) => new TestProvider(house.network, house.clock, host));
  await Promise.all(providers.map((one) => one.userAgent.start()));
  locator.servers.set(
    'provider.example',
    providers.map(({ server }) => server),
  );
  const states: TrunkState[] = [];
  house.softswitch.trunkStates.onChange((state) => states.push(state));
  house.directory.replace({ trunks: [trunk] });
  const dead = new Set<string>();
  house.network.filter = ({ from, to }) => !dead.has(from.host) && !dead.has(to.host);
  const state = () => house.softswitch.trunkStates.of('block')!;
  const start = async () => {
    await house.softswitch.start();
    await house.run(100);
  };
  return { house, locator, provider: providers[0]!, providers, states, state, dead, start };
}
