// The architecture, as a table. `npm run arch` fails when the code disagrees.

/** Which package may import which (besides itself). */
const packages = {
  base: [],
  contract: [],
  sip: ['base'],
  media: ['base'],
  domain: ['base'],
  softswitch: ['base', 'sip', 'media', 'domain'],
  store: ['base', 'domain'],
  api: ['base', 'domain', 'contract'],
  simulator: ['base', 'sip', 'media', 'contract'],
  server: ['base', 'sip', 'media', 'domain', 'softswitch', 'store', 'api', 'contract'],
  web: ['contract'],
  cli: ['base', 'contract', 'simulator', 'server'],
};

/** Layers inside the SIP stack, lowest first (RFC 3261 §5). */
const sipLayers = {
  messages: [],
  transports: ['messages'],
  // RFC 3263: from a name to where requests can be sent.
  resolver: ['messages', 'transports'],
  transactions: ['messages', 'transports'],
  dialogs: ['messages', 'transactions'],
  'user-agent': ['messages', 'transports', 'transactions', 'dialogs'],
};

/** Layers inside the media engine. */
const mediaLayers = {
  rtp: [],
  codecs: [],
  sdp: [],
  audio: ['codecs'],
  dtmf: ['rtp'],
  engine: ['sdp'],
  embedded: ['engine', 'sdp', 'rtp', 'codecs', 'audio', 'dtmf'],
};

/** Domain topics, lowest first. */
const topics = {
  identity: [],
  schedule: [],
  numbering: [],
  calls: ['identity', 'numbering'],
  events: ['calls', 'numbering'],
  hotline: ['events', 'identity', 'schedule', 'calls'],
  directory: ['identity', 'numbering', 'schedule', 'hotline'],
  trunks: ['numbering', 'schedule', 'directory'],
  tracing: ['events'],
  dialplan: ['identity', 'numbering', 'schedule', 'calls', 'hotline', 'directory'],
  voicemail: ['events', 'calls', 'numbering', 'directory'],
  presence: ['events', 'calls', 'hotline', 'directory'],
  // What a person sets or dials to make a phone behave: forwarding, pickup, park, hot desking.
  features: ['identity', 'numbering', 'schedule', 'calls', 'events', 'directory', 'dialplan', 'presence'],
  interactions: [
    'features',
    'trunks',
    'identity',
    'schedule',
    'numbering',
    'calls',
    'events',
    'hotline',
    'directory',
    'dialplan',
    'voicemail',
    'presence',
  ],
  analytics: ['events', 'hotline'],
};

const home = '^(?:packages|apps)/';
const anyOf = (names) => `(?:${names.join('|')})`;

/** One rule per row: whatever is not in the row is forbidden. */
const rows = (kind, root, table, comment) =>
  Object.entries(table).map(([name, may]) => ({
    name: `${kind}:${name}`,
    comment: `${comment} ${name} may use: ${may.join(', ') || 'nothing'}.`,
    severity: 'error',
    from: { path: `${root}${name}/`, pathNot: '[.]test[.]tsx?$' },
    to: { path: `${root}${anyOf(Object.keys(table))}/`, pathNot: `${root}${anyOf([name, ...may])}/` },
  }));

/** `modules` may be imported by files under `owners` only. */
const owned = (name, modules, owners, comment) => ({
  name: `owned:${name}`,
  comment,
  severity: 'error',
  from: { path: home, pathNot: owners },
  to: { path: modules },
});

const libraries = ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown'];

export default {
  forbidden: [
    ...rows('package', home, packages, 'ARCHITECTURE.md, "who may import whom".'),
    ...rows('sip-layer', '^packages/sip/src/', sipLayers, 'RFC 3261 §5 layering.'),
    ...rows('media-layer', '^packages/media/src/', mediaLayers, 'Engine boundary.'),
    ...rows('topic', '^packages/domain/src/', topics, 'Topics meet in events/ and interactions/.'),
    {
      name: 'unlisted',
      severity: 'error',
      comment: 'A new package, topic or layer enters the tables above first.',
      from: {
        path: [
          `${home}(?!${anyOf(Object.keys(packages))}/)`,
          `^packages/domain/src/(?!${anyOf([...Object.keys(topics), 'testing'])}/)[^/]+/`,
          `^packages/sip/src/(?!${anyOf([...Object.keys(sipLayers), 'testing'])}/)[^/]+/`,
          `^packages/media/src/(?!${anyOf([...Object.keys(mediaLayers), 'testing'])}/)[^/]+/`,
        ],
      },
      to: {},
    },
    {
      name: 'entry-only',
      severity: 'error',
      comment: 'Import a package by its name (index.ts, or testing/ from tests), never a file inside it.',
      from: { path: `${home}([^/]+)/` },
      to: {
        path: `${home}[^/]+/src/`,
        pathNot: [`${home}$1/`, `${home}[^/]+/src/index[.]tsx?$`, `${home}[^/]+/src/testing/index[.]ts$`],
      },
    },
    {
      name: 'domain-never-reaches-protocol',
      severity: 'error',
      comment: 'Not even through a third file: the hotline must run with no phone and no database.',
      from: { path: '^packages/domain/' },
      to: { path: '^packages/(?:sip|media|softswitch|store|api)/', reachable: true },
    },
    {
      name: 'screens-never-reach-server',
      severity: 'error',
      comment: 'A browser bundle holds the contract and nothing behind it.',
      from: { path: '^apps/web/' },
      to: { path: '^packages/(?!contract/)', reachable: true },
    },
    {
      name: 'screen-areas-are-islands',
      severity: 'error',
      comment: 'phone/, own-phone/, team/, board/, calls/ and admin/ share through shared/ only.',
      from: {
        path: '^apps/web/src/(phone|own-phone|team|board|calls|messages|admin|login)/',
        pathNot: '[.]test[.]tsx?$',
      },
      to: {
        path: '^apps/web/src/(?:phone|own-phone|team|board|calls|messages|admin|login)/',
        pathNot: '^apps/web/src/$1/',
      },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'No clock, socket or file: time, ids and stores come in as ports. Pure libraries are welcome.',
      from: { path: '^packages/domain/src/', pathNot: ['[.]test[.]ts$', '/src/testing/'] },
      to: {
        dependencyTypes: libraries,
        pathNot: 'node_modules/(?:libphonenumber-js|temporal-polyfill|temporal-spec)/',
      },
    },
    {
      name: 'protocol-is-pure',
      severity: 'error',
      comment: 'Parsers and state machines see bytes and a Clock; only transports/ and the engines open sockets.',
      from: {
        path: '^packages/(?:sip|media)/src/',
        pathNot: ['/src/(?:transports|embedded|testing|resolver/system)/', '[.]test[.]ts$'],
      },
      to: { dependencyTypes: libraries },
    },
    owned(
      'sockets',
      '^(?:node:)?(?:dgram|net|tls)$',
      [
        '^packages/sip/src/transports/',
        '^packages/media/src/embedded/',
        '^packages/simulator/',
        '^packages/store/src/database/',
        '^apps/server/src/sockets/',
        '^packages/[^/]+/src/testing/',
        '[.]test[.]ts$',
      ],
      'Sockets are opened in transports/ and media engines.',
    ),
    owned('database', 'node_modules/(?:kysely|pg)/', ['^packages/store/'], 'SQL lives in store/.'),
    owned('http', 'node_modules/fastify/', ['^packages/api/'], 'HTTP lives in api/.'),
    owned(
      'websocket',
      'node_modules/ws/',
      ['^packages/(?:api|simulator)/', '^packages/sip/src/transports/', '[.]test[.]ts$'],
      'WebSockets live in api/ and sip/transports/.',
    ),
    {
      name: 'src-never-imports-tests',
      severity: 'error',
      comment: 'Fakes live in testing/ and stay out of production code.',
      from: { path: `${home}[^/]+/src/`, pathNot: ['[.]test[.]tsx?$', '/src/testing/', '^packages/simulator/'] },
      to: { path: ['[.]test[.]tsx?$', '/src/testing/'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Dead file: nothing imports it.',
      from: {
        orphan: true,
        pathNot: ['[.]d[.]ts$', '^apps/web/public/', '/(?:index|main)[.]tsx?$', '[.]test[.]tsx?$', '[.]config[.]ts$'],
      },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'declared-dependencies',
      severity: 'error',
      comment: 'Production code uses only what its own package.json lists.',
      from: { path: `${home}[^/]+/src/`, pathNot: ['[.]test[.]tsx?$', '/src/testing/'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default'],
      mainFields: ['module', 'main'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
