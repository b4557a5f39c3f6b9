import type { ProviderScript } from './provider-script.ts';

/** The customer of all scripts has this block of numbers; the head number alone is the switchboard's. */
export const customerBlock = '+4949999';

const habit: Omit<ProviderScript, 'domain'> = {
  document: 'none',
  transport: 'udp',
  digest: 'MD5',
  challengesInvite: true,
  registration: { least: 60, most: 3_600 },
  bindsToServer: false,
  blocks: [customerBlock],
  incoming: { spelling: 'plus', dialledIn: 'request-uri', assertsIdentity: true },
  outgoing: {
    spellings: ['plus', 'zeros', 'national'],
    identityIn: 'p-asserted-identity',
    identitySpellings: ['plus', 'zeros', 'national'],
    fromUser: 'any',
    noScreening: false,
    hides: ['privacy', 'anonymous-from'],
  },
  srtp: 'off',
};

/** RFC 3325 headers and binding to one server, as Telekom's change history and the reports of its customers tell. */
const telekom: Pick<ProviderScript, 'bindsToServer' | 'incoming' | 'outgoing' | 'registration' | 'sessionExpires'> = {
  bindsToServer: true,
  registration: { least: 480, most: 660 },
  incoming: { spelling: 'plus', dialledIn: 'to', assertsIdentity: true },
  outgoing: {
    spellings: ['plus'],
    identityIn: 'p-preferred-identity',
    identitySpellings: ['plus'],
    fromUser: 'number',
    noScreening: true,
    hides: ['privacy'],
    forwardedIn: 'History-Info',
  },
  sessionExpires: 1_800,
};

const telekomAccount = { username: '+4919929600000000001', password: 'telekom-geheim' };

/** One script for each provider preset, by the preset's id. What a document does not say is our habit above. */
export const germanProviders = {
  'telekom-companyflex': {
    ...habit,
    ...telekom,
    document: '1TR119 version 1.9.0; hilfe.companyflex.de with its system requirements',
    domain: 'tel.t-online.de',
    transport: 'tls',
    account: telekomAccount,
    srtp: 'required',
    mediasec: true,
  },
  'telekom-deutschlandlan-registering': {
    ...habit,
    ...telekom,
    document: 'issabelPBX issue 53; public trunk settings',
    domain: 'sip-trunk.telekom.de',
    transport: 'tcp',
    account: telekomAccount,
  },
  'telekom-deutschlandlan-static': {
    ...habit,
    ...telekom,
    document: 'public trunk settings',
    domain: 'sip-trunk.telekom.de',
    transport: 'tcp',
    challengesInvite: false,
    incoming: { spelling: 'plus', dialledIn: 'request-uri', assertsIdentity: true },
  },
  nfon: {
    ...habit,
    document: 'NFON leaflet Nconnect Voice, B.2 and D, version 1, 08.2018',
    domain: 'trunk.cloud-cfg.com',
    account: { username: 'K4711abcd', password: 'nfon-geheim' },
    incoming: { spelling: 'zeros', dialledIn: 'to', assertsIdentity: true },
    outgoing: {
      spellings: ['plus', 'zeros', 'national'],
      identityIn: 'p-asserted-identity',
      identitySpellings: ['plus', 'zeros'],
      fromUser: 'any',
      noScreening: false,
      hides: ['privacy', 'anonymous-display'],
    },
  },
  peoplefone: {
    ...habit,
    domain: 'sips.peoplefone.de',
    account: { username: '490000001', password: 'peoplefone-geheim' },
  },
  fonial: { ...habit, domain: 'sip.fonial.example', account: { username: 'rathaus1', password: 'fonial-geheim' } },
  easybell: {
    ...habit,
    document: 'easybell help: CLIP no screening; Rufnummernformat bei eingehenden Anrufen',
    domain: 'voip.easybell.de',
    transport: 'tls',
    srtp: 'required',
    account: { username: '004949999', password: 'easybell-geheim' },
    registration: { least: 600, most: 3_600 },
    incoming: { spelling: 'bare', dialledIn: 'to', assertsIdentity: true },
    outgoing: { ...habit.outgoing, identityIn: 'p-preferred-identity' },
  },
  sipgate: {
    ...habit,
    document: 'help.sipgate.de: Wie setze ich bei sipgate trunking die Absenderrufnummer?',
    domain: 'sipconnect.sipgate.de',
    transport: 'tls',
    srtp: 'required',
    account: { username: '1234567t0', password: 'sipgate-geheim' },
    incoming: { spelling: 'bare', dialledIn: 'to', assertsIdentity: true },
    outgoing: {
      spellings: ['bare', 'plus', 'zeros', 'national'],
      identityIn: 'p-preferred-identity',
      identitySpellings: ['bare'],
      fromUser: 'account',
      noScreening: false,
      hides: ['privacy'],
      forwardedIn: 'Diversion',
    },
  },
  'generic-registering': {
    ...habit,
    domain: 'sip.anbieter.example',
    digest: 'SHA-256',
    account: { username: 'rathaus', authName: 'konto-7', password: 'geheim-7' },
    incoming: { spelling: 'national', dialledIn: 'p-called-party-id', assertsIdentity: false },
  },
  'generic-static': { ...habit, domain: '10.0.6.1', challengesInvite: false },
  'legacy-pbx': {
    ...habit,
    domain: '10.0.6.1',
    challengesInvite: false,
    incoming: { spelling: 'national', dialledIn: 'request-uri', assertsIdentity: false },
    outgoing: {
      ...habit.outgoing,
      spellings: ['national'],
      identitySpellings: ['national'],
      noScreening: true,
      forwardedIn: 'Diversion',
    },
  },
} as const satisfies Readonly<Record<string, ProviderScript>>;
