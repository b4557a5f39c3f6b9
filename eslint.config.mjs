import tseslint from 'typescript-eslint';

/** Globals that would bring time, randomness or the process into code that must get them from outside. */
const impureGlobals = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'process',
  'fetch',
  'performance',
  'queueMicrotask',
];
const impureProperties = [
  { object: 'Date', property: 'now', message: 'Take a Clock.' },
  { object: 'Math', property: 'random', message: 'Take a RandomSource.' },
  { object: 'crypto', property: 'randomUUID', message: 'Take a RandomSource.' },
];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'data/**', 'bench/results/**'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'zod', message: "Import 'zod/mini': browsers load it too." }] },
      ],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 90, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', 'e2e/**', 'bench/**', 'apps/web/**'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: ['packages/domain/src/**', 'packages/sip/src/**', 'packages/media/src/**', 'packages/softswitch/src/**'],
    ignores: ['**/*.test.ts', '**/transports/**', '**/embedded/**', '**/testing/**'],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-properties': ['error', ...impureProperties],
    },
  },
  {
    files: ['apps/server/**', 'apps/cli/**', 'scripts/**', 'bench/**', 'e2e/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.mjs'],
    rules: { 'no-console': 'off' },
  },
);
