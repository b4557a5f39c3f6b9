import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createApi, createPinHasher } from '@amtsleitung/api';
import type { Api } from '@amtsleitung/api';
import { systemClock, systemRandom, systemTimers } from '@amtsleitung/base';
import type { Logger } from '@amtsleitung/base';
import {
  CallDirector,
  DirectoryHolder,
  DirectoryWriter,
  HotDesk,
  HotlineService,
  LampBoard,
  LineOccupancy,
  ParkingLot,
  PhoneSettings,
  PresenceService,
  WaitingMessages,
} from '@amtsleitung/domain';
import { EmbeddedEngine, MediaStartError } from '@amtsleitung/media';
import { createSoftswitch, deviceSecretHasher } from '@amtsleitung/softswitch';
import type { Softswitch } from '@amtsleitung/softswitch';
import { openStore } from '@amtsleitung/store';
import type { Store } from '@amtsleitung/store';
import { sipCertificate, webCertificate } from './certificate.ts';
import { certificateStates } from './certificate-states.ts';
import { CertificateWatch } from './certificate-watch.ts';
import { boundHosts } from './config.ts';
import type { Config } from './config.ts';
import { enforceRetentionDaily } from './daily-retention.ts';
import { claimDataFolder } from './data-folder.ts';
import { eventLoopDelay } from './event-loop-delay.ts';
import { firstContents } from './first-contents.ts';
import type { FirstContents } from './first-contents.ts';
import { createLogger } from './logger.ts';
import { sipListen, sipPorts } from './sip-listen.ts';
import { openSecondDoor } from './sockets/second-door.ts';
import { renewWebCertificate } from './sockets/web-certificate.ts';
import { MessageFiles } from './message-files.ts';
import { Opened } from './opened.ts';
import { openingPort } from './port-in-use.ts';
import { removeRuntimeFile, writeRuntimeFile } from './runtime/runtime-file.ts';
import type { RuntimeInfo } from './runtime/runtime-file.ts';
import { StartupError } from './startup-error.ts';
import { readTrunkPresets } from './trunk-presets.ts';

export interface House {
  readonly info: RuntimeInfo;
  /** Takes in towns that were founded beside the running house. */
  takeInNewTowns(): Promise<void>;
  /** Takes renewed certificates into service at once; else within a minute. */
  renewCertificates(): Promise<void>;
  /** Ends calls with BYE, writes what is pending, stops media and database. Nothing outlives it. */
  stop(): Promise<void>;
}

const makers = { clock: systemClock, timers: systemTimers, random: systemRandom };

/** The only wiring: opens everything in order, and closes it again in reverse when something fails. */
export async function startHouse(config: Config): Promise<House> {
  const logger = createLogger(config.logLevel);
  const opened = new Opened((name, error) =>
    logger.warn('could not close', { name, reason: (error as Error).message }),
  );
  try {
    opened.add('data folder', await claimDataFolder(config.dataFolder));
    const { store, directory, certificates, describe } = await openHouse(config, logger, opened);
    const info = describe();
    writeRuntimeFile(config.dataFolder, info);
    // Its head numbers change with the directory.
    const stopListening = directory.onChange(() => writeRuntimeFile(config.dataFolder, describe()));
    opened.add('runtime file', () => {
      stopListening();
      removeRuntimeFile(config.dataFolder);
    });
    logger.info('ready', { address: info.http, sipPort: info.sip.udp });
    return {
      info,
      takeInNewTowns: () => takeInNewTowns(store, directory),
      renewCertificates: () => certificates.check(),
      stop: () => opened.closeAll(),
    };
  } catch (error) {
    await opened.closeAll();
    throw error;
  }
}

/** Known towns keep what they have: their own changes may be newer than what was just read. */
async function takeInNewTowns(store: Store, directory: DirectoryHolder): Promise<void> {
  for (const town of await store.directory.loadAll()) {
    if (!directory.byTenant(town.tenant.id)) directory.replace(town);
  }
}

interface OpenHouse {
  readonly store: Store;
  readonly directory: DirectoryHolder;
  readonly certificates: CertificateWatch;
  readonly describe: () => RuntimeInfo;
}

async function openHouse(config: Config, logger: Logger, opened: Opened): Promise<OpenHouse> {
  const webFolder = builtWebApp(config.checkout);
  const [webSource, sipSource] = [webCertificate(config), sipCertificate(config)];
  const [tls, sipTls] = [await webSource?.(makers.clock.now()), await sipSource?.(makers.clock.now())];
  const [store, media] = await bothOrNone(openHouseStore(config, logger, opened), openMedia(config, logger, opened));
  await store.closeInterruptedCalls(makers.clock.now());
  const contents = await firstContents(store, config.empty, makers);
  const directory = new DirectoryHolder();
  for (const town of contents.directories) directory.replace(town);

  const sipSockets = await sipListen(config, sipTls);
  const softswitch = createSoftswitch({
    ...makers,
    listen: sipSockets,
    media,
    directory,
    registrationStore: store.registrations,
    traceStore: store.traces,
    digestAlgorithms: config.sipDigest,
    delayMonitor: eventLoopDelay(),
    logger: logger.child({ part: 'sip' }),
    assetsFolder: join(config.checkout, 'assets'),
    dataFolder: config.dataFolder,
  });
  const files = new MessageFiles(config.dataFolder);
  const domain = await startDomain(store, directory, softswitch, files, logger, opened);
  const sip = await openingPort(sipPorts(config, sipSockets), () => softswitch.start());
  opened.add('softswitch', () => softswitch.close());
  const certificates = new CertificateWatch({ ...makers, logger: logger.child({ part: 'certificates' }) });
  opened.add('certificates', () => certificates.close());

  const api = createApi({
    ...makers,
    ...domain,
    directory,
    directoryStore: store.directory,
    reloadDirectory: (tenantId) => domain.writer.reload(tenantId),
    passwords: store.passwords,
    sessions: store.sessions,
    reachability: softswitch.reachability,
    calls: store.calls,
    figures: store.figures,
    alerts: store.alerts,
    traces: store.traces,
    trunkStates: softswitch.trunkStates,
    trunkPresets: readTrunkPresets(presetFolders(config), logger),
    certificates: () =>
      certificateStates((['https', 'sip'] as const).map((use) => ({ use, pem: certificates.inService(use) }))),
    events: store.spool,
    browserCredentials: softswitch.browserCredentials,
    deviceSecrets: deviceSecretHasher,
    readMessageFile: (file) => files.read(file),
    removeMessageFile: (file) => files.remove(file),
    sipUpgrade: (request, socket, head) => softswitch.webSocketUpgrade(request, socket, head),
    sip: { server: config.publicAddress ?? sip.host, port: sip.udp ?? config.sipPort },
    sipProxies: config.sipProxies,
    logger: logger.child({ part: 'api' }),
    demoTenantId: contents.demoTenantId,
    demoFromAnywhere: config.demoFromAnywhere,
    tls,
    behindProxy: config.behindProxy,
    webFolder,
  });
  const http = await openingPort(
    { name: 'Oberfläche', port: config.httpPort, hosts: boundHosts(config), flag: '--http-port' },
    () => listen(api, config, opened),
  );
  opened.add('api', () => api.close());
  if (webSource && tls) {
    certificates.watch(
      { use: 'https', source: webSource, apply: (files) => renewWebCertificate(api.server, files) },
      tls,
    );
  }
  if (sipSource && sipTls) {
    certificates.watch({ use: 'sip', source: sipSource, apply: (files) => softswitch.renewCertificate(files) }, sipTls);
  }
  const retention = enforceRetentionDaily(store.retention, { ...makers, logger });
  opened.add('retention', () => retention.stop());
  const parts = { contents, directory, media, sip, http: `${tls ? 'https' : 'http'}://${http}` };
  return { store, directory, certificates, describe: () => runtimeInfo(config, parts) };
}

/** The product's, and those a town has written for itself. */
const presetFolders = ({ checkout, dataFolder }: Config): readonly string[] => [
  join(checkout, 'assets/trunk-presets'),
  join(dataFolder, 'trunk-presets'),
];

function builtWebApp(checkout: string): string {
  const folder = join(checkout, 'apps/web/dist');
  if (existsSync(join(folder, 'index.html'))) return folder;
  throw new StartupError(
    78,
    'Die Oberfläche ist noch nicht gebaut: Starten Sie mit „npm start“ oder bauen Sie sie mit „npm run build“.',
  );
}

async function openHouseStore(config: Config, logger: Logger, opened: Opened): Promise<Store> {
  const store = await openStore({
    dataFolder: config.dataFolder,
    databaseUrl: config.databaseUrl,
    clock: makers.clock,
    random: makers.random,
    logger: logger.child({ part: 'store' }),
  });
  opened.add('store', () => store.close());
  return store;
}

async function openMedia(config: Config, logger: Logger, opened: Opened): Promise<EmbeddedEngine> {
  const media = await openingPort(
    { name: 'Sprache der Browser', port: config.mediaPort, hosts: boundHosts(config), flag: '--media-port' },
    () =>
      EmbeddedEngine.start({
        runtimeFolder: join(config.dataFolder, 'media'),
        bindAddress: config.host,
        publicAddress: config.publicAddress,
        secondAddress: config.host6,
        secondPublicAddress: config.publicAddress6,
        mediaPort: config.mediaPort,
        plainPortRange: { first: config.rtpPorts.from, last: config.rtpPorts.to },
        apologyFile: join(config.checkout, 'assets/prompts/de/interrupted-apology.wav'),
        logger: logger.child({ part: 'media' }),
      }),
  ).catch(asMediaFault);
  opened.add('media', () => media.shutDown());
  return media;
}

function asMediaFault(cause: unknown): never {
  if (!(cause instanceof MediaStartError)) throw cause;
  throw new StartupError(
    71,
    `Die Sprachverarbeitung startet nicht (${cause.message}): Sehen Sie im Datenordner unter media/media-process.log nach.`,
    { cause },
  );
}

/** Both at once; when one fails the other has settled before the error goes on, so that nothing stays open. */
async function bothOrNone<Left, Right>(left: Promise<Left>, right: Promise<Right>): Promise<[Left, Right]> {
  await Promise.allSettled([left, right]);
  return [await left, await right];
}

async function startDomain(
  store: Store,
  directory: DirectoryHolder,
  softswitch: Softswitch,
  files: MessageFiles,
  logger: Logger,
  opened: Opened,
) {
  const { reachability } = softswitch;
  const onError = (error: unknown) => logger.error('a listener failed', { reason: (error as Error).stack });
  const lines = new LineOccupancy(onError);
  const common = {
    ...makers,
    directory,
    reachability,
    lines,
    events: store.spool,
    logger: logger.child({ part: 'domain' }),
  };
  const agentDesk = new HotlineService({ ...common, logins: store.agentLogins });
  await agentDesk.restore();
  const writer = new DirectoryWriter({ ...common, store: store.directory });
  const settings = new PhoneSettings({ ...common, writer });
  const hotDesk = new HotDesk({ ...common, writer, settings, pins: createPinHasher() });
  const presence = new PresenceService({ ...common, hotlines: agentDesk, writer });
  const parking = new ParkingLot(onError);
  const phone = new CallDirector({
    ...common,
    ...{ parking, settings, hotDesk },
    control: softswitch.calls,
    trunkStates: softswitch.trunkStates,
    hotlines: agentDesk,
    discardRecording: (file) => void files.remove(file),
  });
  await phone.restore(store.spendHistory);
  softswitch.onLegEvent((event) => phone.handle(event));
  const lamps = new LampBoard({ ...common, presence, parking });
  const waiting = new WaitingMessages({ ...common, store: store.messages });
  await waiting.restore();
  softswitch.show({ lamps, messages: waiting });
  opened.add('hotlines and presence', async () => {
    await agentDesk.close();
    presence.close();
    hotDesk.close();
    lamps.close();
    await waiting.close();
    await writer.close();
  });
  opened.add('calls', () => phone.close());
  return { agentDesk, presence, phone, writer, settings, hotDesk, messages: waiting.watched };
}

async function listen(api: Api, config: Config, opened: Opened): Promise<string> {
  await api.listen({ host: config.host, port: config.httpPort });
  const port = api.address?.port ?? config.httpPort;
  if (config.host6 !== undefined) opened.add('web over IPv6', await openSecondDoor(api.server, config.host6, port));
  const host = config.host === '0.0.0.0' ? (config.publicAddress ?? 'localhost') : config.host;
  return `${host}:${port}`;
}

function runtimeInfo(
  config: Config,
  parts: {
    readonly contents: FirstContents;
    readonly directory: DirectoryHolder;
    readonly media: EmbeddedEngine;
    readonly sip: Awaited<ReturnType<Softswitch['start']>>;
    readonly http: string;
  },
): RuntimeInfo {
  const towns = parts.directory.all();
  return {
    pid: process.pid,
    mediaPid: parts.media.pid,
    http: parts.http,
    sip: {
      host: config.publicAddress ?? parts.sip.host,
      udp: parts.sip.udp ?? 0,
      tcp: parts.sip.tcp ?? 0,
      tls: parts.sip.tls,
      domain: towns[0]?.tenant.sipDomain,
    },
    media: { host: config.publicAddress ?? config.host, browserPort: parts.media.browserPort },
    data: config.dataFolder,
    demo: parts.contents.demoTenantId !== undefined,
    setupLink: parts.contents.setupToken && `${parts.http}/setup?token=${parts.contents.setupToken}`,
    sipDomains: towns.map((town) => town.tenant.sipDomain),
    headNumbers: towns.flatMap((town) => town.headNumbers.map((head) => head.e164)),
  };
}
