/** The import rules of the house (DECISIONS.md 1): every arrow points down, and there is no cycle. */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'workflows-are-pure',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { pathNot: '^(workflows/|node_modules/(xstate|zod)/)' },
    },
    { name: 'db-knows-no-service', severity: 'error', from: { path: '^db/' }, to: { path: '^services/' } },
    {
      name: 'db-takes-only-types-from-workflows',
      severity: 'error',
      from: { path: '^db/' },
      to: { path: '^workflows/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-db-builds-queries',
      severity: 'error',
      from: {
        path: '^services/',
        pathNot: '(main|wire)\\.ts$|^services/worker/|^services/accounts/logInThrottle\\.ts$',
      },
      to: { path: '^node_modules/(knex|pg)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'capabilities-know-no-http',
      severity: 'error',
      from: {
        path: '^services/',
        pathNot: '^services/(api/|process/|wire\\.ts|main\\.ts|notifications/inboxPage)',
      },
      to: { path: '^node_modules/express/' },
    },
    {
      name: 'capabilities-know-no-api',
      severity: 'error',
      from: { path: '^services/', pathNot: '^services/(api/|wire\\.ts|main\\.ts)' },
      to: { path: '^services/api/' },
    },
    {
      name: 'queues-only-in-the-worker',
      severity: 'error',
      from: { path: '^services/', pathNot: '^services/(worker|process)/' },
      to: { path: '^node_modules/(bullmq|ioredis)/' },
    },
    {
      name: 'mail-only-in-the-mailer',
      severity: 'error',
      from: { path: '^services/', pathNot: '^services/notifications/' },
      to: { path: '^node_modules/(nodemailer|smtp-server|mailparser)/' },
    },
    { name: 'main-is-imported-by-nobody', severity: 'error', from: {}, to: { path: '(^|[/.])main\\.ts$' } },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
