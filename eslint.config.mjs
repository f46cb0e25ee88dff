import tseslint from 'typescript-eslint';

/** What a folder must stay clear of (DECISIONS.md 1); dependency-cruiser checks cycles and the rest. */
const forbid = (files, patterns, message) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: patterns.map((group) => ({ group: [group], message })) }],
  },
});

export default tseslint.config(
  { ignores: ['dist/**', 'dist.*/**', 'node_modules/**', '.data/**', 'bench/node_modules/**'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only services/config.ts reads the environment.' },
        { object: 'Date', property: 'now', message: 'Take the time from a Clock.' },
        { object: 'Math', property: 'random', message: 'Take ids and randomness from a port.' },
      ],
      'no-console': 'error',
    },
  },
  forbid(
    ['workflows/**/*.ts'],
    [
      'node:*',
      'knex*',
      'pg*',
      'express*',
      'bullmq*',
      'ioredis*',
      'nodemailer*',
      '**/services/**',
      '**/db/**',
    ],
    'workflows/ is pure: xstate and zod only.',
  ),
  forbid(
    ['db/**/*.ts'],
    ['express*', 'bullmq*', 'ioredis*', 'nodemailer*', '**/services/**'],
    'db/ remembers; it imports no service and no server.',
  ),
  {
    files: [
      'services/config.ts',
      'tests/**/*.ts',
      'db/seed/**/*.ts',
      '**/main.ts',
      '**/*.main.ts',
      'services/ports.ts',
    ],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['**/main.ts', '**/*.main.ts'], rules: { 'no-console': 'off' } },
);
