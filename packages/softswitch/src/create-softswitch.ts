import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { AsyncMailbox, TypedEmitter } from '@amtsleitung/base';
import { callFailures } from '@amtsleitung/domain';
import type { BrowserCredentialIssuer, CallControl, LegEvent, Reachability, TrunkStates } from '@amtsleitung/domain';
import { NodeDnsClient, ServerLocator, UserAgent } from '@amtsleitung/sip';
import type { ServerSession, SipRequest, Source, TlsCertificate, Transport } from '@amtsleitung/sip';
import { EdgeProxies } from './access/edge-proxies.ts';
import { Gatekeeper } from './access/gatekeeper.ts';
import type { Identity } from './access/identity.ts';
import { RequestDesk, servedMethods } from './access/request-desk.ts';
import { CallPlanner } from './b2bua/call-planner.ts';
import { replacedBy } from './b2bua/dialog-name.ts';
import { LegTable } from './b2bua/leg-table.ts';
import { isKnownPhone } from './overload/known-phone.ts';
import { OverloadGuard } from './overload/overload-guard.ts';
import { overloadRules } from './overload/overload-machine.ts';
import { Playlist } from './playback/playlist.ts';
import { RecordingFiles } from './playback/recording-files.ts';
import type { Account } from './registrar/account.ts';
import { Accounts } from './registrar/accounts.ts';
import { BrowserCredentials } from './registrar/browser-credentials.ts';
import { LocationTable } from './registrar/location-table.ts';
import { Registrar } from './registrar/registrar.ts';
import { RegistrationKeeper } from './registrar/registration-keeper.ts';
import { RegistrationWriter } from './registrar/registration-writer.ts';
import type { ListeningAddresses, Softswitch, SoftswitchLoad } from './softswitch.ts';
import type { SoftswitchOptions } from './softswitch-options.ts';
import type { StateSources } from './subscriptions/state-sources.ts';
import { eventPackages, Subscriptions } from './subscriptions/subscriptions.ts';
import { TraceRecorder } from './tracing/trace-recorder.ts';
import { tracedTransport } from './tracing/traced-transport.ts';
import { createTransports, familiesOf } from './transports.ts';
import type { Transports } from './transports.ts';
import { TrunkBook } from './trunks/trunk-book.ts';
import { TrunkCalls } from './trunks/trunk-calls.ts';
import { TrunkLines } from './trunks/trunk-lines.ts';

/** Builds it; nothing is opened before `start`. */
export function createSoftswitch(options: SoftswitchOptions): Softswitch {
  return new SipSoftswitch(options);
}

/** Below what the media engine takes, so that emergency calls find room in it. */
const mostLegs = 1_800;
/** More wait for their timers only when somebody floods the house. */
const mostTransactions = 50_000;
/** Legs are what is counted: one that rings at many phones has many sessions, and emergency calls need one too. */
const mostSessions = 20_000;
/** RFC 4028 §4: a call whose far side vanished without a word ends after this. */
const sessionExpiresSeconds = 1_800;
const farewellMilliseconds = 600;

class SipSoftswitch implements Softswitch {
  readonly #options: SoftswitchOptions;
  readonly #events: TypedEmitter<LegEvent>;
  readonly #eventOrder: AsyncMailbox;
  readonly #locations: LocationTable;
  readonly #writer: RegistrationWriter;
  readonly #browsers: BrowserCredentials;
  readonly #accounts: Accounts;
  readonly #trunks: TrunkBook;
  readonly #lines: TrunkLines;
  readonly #keeper: RegistrationKeeper;
  readonly #transports: Transports;
  readonly #userAgent: UserAgent;
  readonly #legs: LegTable;
  readonly #subscriptions: Subscriptions;
  readonly #traces: TraceRecorder;
  readonly #overload: OverloadGuard;
  readonly #proxies: EdgeProxies;
  #stopMediaEvents: (() => void) | undefined;

  constructor(options: SoftswitchOptions) {
    const { clock, timers, random, logger, directory, media } = options;
    const onError = (error: unknown) => logger.error('Listener failed', { error: String(error) });
    this.#options = options;
    this.#proxies = new EdgeProxies(options.listen.proxies ?? []);
    this.#events = new TypedEmitter(onError);
    this.#eventOrder = new AsyncMailbox(onError);
    this.#locations = new LocationTable({ clock, timers, onError });
    this.#writer = new RegistrationWriter(options.registrationStore, logger);
    this.#browsers = new BrowserCredentials({ clock, random, directory }, (account, reason) =>
      this.#credentialRemoved(account, reason),
    );
    this.#accounts = new Accounts(directory, this.#browsers);
    this.#lines = this.#createLines();
    this.#trunks = new TrunkBook(directory, (source, uri) => this.#lines.registeredAt(source, uri));
    this.#keeper = new RegistrationKeeper({
      accounts: this.#accounts,
      locations: this.#locations,
      writer: this.#writer,
      directory,
      clock,
      onDeviceRemoved: (deviceId) => this.#legs.dropDevice(deviceId),
    });
    this.#subscriptions = new Subscriptions({ accounts: this.#accounts, directory, clock, timers, random });
    this.#traces = new TraceRecorder({ ...options, store: options.traceStore });
    this.#events.listen((event) => this.#traces.follow(event));
    this.#transports = createTransports(options.listen, timers);
    this.#userAgent = this.#createUserAgent();
    this.#legs = new LegTable({
      ports: {
        engine: media,
        timers,
        clock,
        logger,
        playlist: new Playlist(options.assetsFolder, logger),
        recordings: new RecordingFiles(options.dataFolder),
        // Later, not now: a listener may give the next command at once, whatever the leg is in the middle of.
        emit: (event) => this.#eventOrder.post(() => this.#events.emit(event)),
      },
      planner: new CallPlanner({
        locations: this.#locations,
        trunks: this.#trunks,
        trunkCalls: new TrunkCalls({ lines: this.#lines, directory, clock }),
        directory,
      }),
      directory,
      random,
      makeSession: (invite) => this.#userAgent.invite(invite),
      mostLegs: this.#mostLegs,
      ringingDialogs: this.#subscriptions.ringing,
      tracing: this.#traces,
    });
    this.#overload = new OverloadGuard({
      ...options,
      rules: overloadRules(this.#mostLegs, mostTransactions),
      read: () => ({ delay: options.delayMonitor?.read() ?? 0, ...this.load }),
      isKnown: (request, source) => isKnownPhone(request, source, this.#accounts, this.#locations),
      isPassedOn: (request, source) => this.#proxies.placeOf(request, source).phone !== undefined,
    });
    this.#locations.onKept((location) => {
      this.#legs.registered(location);
      this.#subscriptions.registered(location);
    });
    this.#locations.onRemoved((location, reason) => {
      if (reason === 'unregistered') this.#legs.unregistered(location);
    });
  }

  get calls(): CallControl {
    return this.#legs;
  }

  get reachability(): Reachability {
    return this.#locations;
  }

  get browserCredentials(): BrowserCredentialIssuer {
    return this.#browsers;
  }

  get load(): SoftswitchLoad {
    const { transactions } = this.#userAgent.load;
    return {
      legs: this.#legs.size,
      subscriptions: this.#subscriptions.size,
      transactions,
      isShedding: this.#overload.isShedding,
    };
  }

  get trunkStates(): TrunkStates {
    return this.#lines;
  }

  show(sources: StateSources): void {
    this.#subscriptions.show(sources);
  }

  onLegEvent(listener: (event: LegEvent) => void): () => void {
    return this.#events.listen(listener);
  }

  async start(): Promise<ListeningAddresses> {
    const { media, logger, listen } = this.#options;
    this.#stopMediaEvents = media.onEvent((event) => this.#legs.mediaEvent(event));
    const [forgotten] = await Promise.all([media.list(), this.#keeper.restore()]);
    for (const leg of forgotten) {
      logger.info('Closing media of a call before the restart', { leg });
      await media.close(leg).catch((error: unknown) => logger.warn('Not closed', { leg, error: String(error) }));
    }
    await this.#userAgent.start();
    this.#tellReceiveBuffer();
    this.#lines.start();
    this.#overload.start();
    return { host: listen.host, ...this.#transports.ports() };
  }

  renewCertificate(certificate: TlsCertificate): void {
    this.#transports.renewCertificate(certificate);
  }

  webSocketUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#transports.upgrade(request, socket, head);
  }

  async close(): Promise<void> {
    this.#legs.hangUpAll(callFailures.interrupted);
    await Promise.all([this.#legs.mediaClosed(), this.#lines.close()]);
    if (this.#userAgent.load.transactions > 0) await this.#farewell();
    await this.#userAgent.close();
    await this.#eventOrder.drained();
    await this.#traces.close();
    this.#stopMediaEvents?.();
    this.#keeper.close();
    this.#overload.close();
    this.#subscriptions.close();
    this.#accounts.close();
    this.#trunks.close();
    this.#locations.close();
    await this.#writer.drained();
  }

  /** The last BYEs leave, and are repeated once if need be, before their socket goes. */
  #farewell(): Promise<void> {
    return new Promise((resolve) => this.#options.timers.after(farewellMilliseconds, resolve));
  }

  #createLines(): TrunkLines {
    const { clock, timers, random, logger, directory, locator, listen } = this.#options;
    return new TrunkLines({
      clock,
      timers,
      random,
      logger,
      directory,
      locator:
        locator ??
        new ServerLocator({ dns: new NodeDnsClient({ timers }), clock, random, families: familiesOf(listen) }),
      request: (request) => this.#userAgent.request(request),
      callsOn: (trunkId) => this.#legs.callsOn(trunkId),
    });
  }

  #tellReceiveBuffer(): void {
    const buffer = this.#transports.receiveBuffer();
    if (!buffer || this.#options.listen.transports) return;
    const { logger } = this.#options;
    if (buffer.granted >= buffer.asked) return logger.info('UDP receive buffer', { ...buffer });
    const remedy = `sysctl -w net.core.rmem_max=${buffer.asked}`;
    logger.warn('UDP receive buffer is smaller than asked for: bursts may be lost', { ...buffer, remedy });
  }

  #createUserAgent(): UserAgent {
    const { clock, timers, random, logger } = this.#options;
    const gatekeeper = new Gatekeeper({
      accounts: this.#accounts,
      trunks: this.#trunks,
      locations: this.#locations,
      proxies: this.#proxies,
      clock,
      random,
      logger,
      algorithms: this.#options.digestAlgorithms ?? ['MD5'],
    });
    const desk = new RequestDesk(gatekeeper, new Registrar(this.#locations, this.#writer, clock));
    return new UserAgent({
      transports: this.#tapped(this.#options.listen.transports ?? this.#transports.all),
      clock,
      timers,
      random,
      logger,
      contactUser: 'amt',
      methods: servedMethods,
      supported: ['replaces', '100rel'],
      limits: { transactions: mostTransactions, sessions: mostSessions },
      eventPackages,
      sessionExpires: sessionExpiresSeconds,
      handlers: {
        screen: (request, source) => this.#overload.refuse(request, source) ?? gatekeeper.screen(request, source),
        onInvite: (session) => this.#invited(session, gatekeeper.identityOf(session.invite)),
        judgesReplaces: (invite) => this.#judgesReplaces(invite),
        onSubscribe: (subscription) =>
          this.#subscriptions.take(subscription, gatekeeper.identityOf(subscription.request)),
        onRequest: (incoming) => desk.handle(incoming),
        onUnreachable: (destination, error) => this.#lines.unreachable(destination, error),
        onFlowClosed: (flowId, peer) => this.#flowClosed(flowId, peer),
      },
    });
  }

  #invited(session: ServerSession, identity: Identity): void {
    if (identity.kind === 'trunk') this.#lines.line(identity.trunk.id)?.callArrived();
    this.#legs.incoming(session, identity);
  }

  #tapped(transports: readonly Transport[]): readonly Transport[] {
    if (!this.#options.traceStore) return transports;
    return transports.map((transport) => tracedTransport(transport, this.#traces));
  }

  get #mostLegs(): number {
    return this.#options.limits?.legs ?? mostLegs;
  }

  /** Lamps tell dialog names that the SIP stack has never heard of. */
  #judgesReplaces(invite: SipRequest): boolean {
    const name = replacedBy(invite);
    return typeof name === 'object' && this.#subscriptions.ringing.knows(name);
  }

  #flowClosed(flowId: string, peer?: Source): void {
    if (peer) this.#lines.flowClosed(peer);
    this.#locations.removeFlow(flowId);
    this.#legs.flowClosed(flowId, (deviceId) => this.#locations.ofDevice(deviceId));
  }

  /** A logout ends the phone at once; a new credential for the same session only ends the old registrations. */
  #credentialRemoved({ deviceId }: Account, reason: 'replaced' | 'revoked'): void {
    const flows = this.#locations.ofDevice(deviceId).flatMap((location) => location.flowId ?? []);
    this.#locations.removeDevice(deviceId, 'account-removed');
    if (reason === 'replaced') return;
    this.#legs.dropDevice(deviceId);
    this.#subscriptions.dropDevice(deviceId);
    for (const flowId of flows) this.#userAgent.closeFlow(flowId);
  }
}
