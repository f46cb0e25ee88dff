import { join } from 'node:path';
import type { Express } from 'express';
import type { Knex } from 'knex';
import pg from 'pg';
import type { Notices } from '../db/notices.ts';
import type { Config } from './config.ts';
import type { Secrets } from './process/secrets.ts';
import type { Capability } from './workflow/capability.ts';
import { createCallers, type Callers } from './accounts/callers.ts';
import { createLogInThrottle } from './accounts/logInThrottle.ts';
import { createApi } from './api/createApi.ts';
import { grantableScopes } from './api/grantableScopes.ts';
import type { Route } from './api/route.ts';
import { accountRoutes } from './api/routes/accounts.ts';
import { awardRoutes } from './api/routes/awards.ts';
import { awardRuleRoutes } from './api/routes/awardRules.ts';
import { decisionRoutes } from './api/routes/decisions.ts';
import { deadlineRoutes } from './api/routes/deadlines.ts';
import { demoClockRoutes } from './api/routes/demoClock.ts';
import { demoMailRoutes } from './api/routes/demoMail.ts';
import { clusterRoutes } from './api/routes/clusters.ts';
import { councilSessionRoutes } from './api/routes/councilSessions.ts';
import { criteriaSheetRoutes } from './api/routes/criteriaSheets.ts';
import { fileRoutes } from './api/routes/files.ts';
import { movementRoutes } from './api/routes/movements.ts';
import { nominationDocumentRoutes } from './api/routes/nominationDocuments.ts';
import { nominationRoutes } from './api/routes/nominations.ts';
import { ownPasswordRoute } from './api/routes/ownPassword.ts';
import { registrationRoutes } from './api/routes/registrations.ts';
import { scoringRoundRoutes } from './api/routes/scoringRounds.ts';
import { sessionRoutes } from './api/routes/session.ts';
import { tokenRoutes } from './api/routes/tokens.ts';
import { unitRoutes } from './api/routes/units.ts';
import { workflowRoutes } from './api/routes/workflows.ts';
import { councilSessionCapability } from './council/councilSessionCapability.ts';
import { decisionCapability } from './decisions/decisionCapability.ts';
import { createDiskStorage } from './files/diskStorage.ts';
import { createDemoClock } from './demoClock.ts';
import { movementCapability } from './movements/movementCapability.ts';
import { createNominationCapability } from './nominations/nominationCapability.ts';
import { registrationCapability } from './registrations/registrationCapability.ts';
import { scoringRoundCapability } from './scoring/rounds/scoringRoundCapability.ts';
import { inboxPage } from './notifications/inboxPage.ts';
import { clockWithOffset, newId, randomHex, type Log, type Ports } from './ports.ts';
import { createRulebook, type Rulebook } from './rules/rulebook.ts';
import { createDoor, type Door } from './workflow/door.ts';

/** The collections of contract.md §3 that need nothing to be made; the others are made in `wireApi`. */
const CAPABILITIES: readonly Capability[] = [
  movementCapability,
  registrationCapability,
  scoringRoundCapability,
  councilSessionCapability,
  decisionCapability,
];

export interface WireOptions {
  config: Pick<Config, 'demo' | 'publicUrl' | 'trustProxy' | 'dataDir'>;
  secrets: Secrets;
  db: Knex;
  databaseUrl: string;
  notices: Notices;
  log: Log;
}

export interface Wired {
  app: Express;
  ports: Ports;
  door: Door;
  rulebook: Rulebook;
  callers: Callers;
  close(): Promise<void>;
}

/** Puts the API together from its parts; used by the main files and by the tests, and by nothing else. */
export async function wireApi(options: WireOptions): Promise<Wired> {
  const { config, secrets, db, notices, log } = options;
  const clock = config.demo
    ? await createDemoClock(db, notices)
    : { ...clockWithOffset(() => 0), refresh: () => Promise.resolve() };
  const ports: Ports = { clock, newId, randomHex, log };
  const rulebook = await createRulebook(db, notices);
  const nominations = createNominationCapability(rulebook);
  const storage = createDiskStorage(join(config.dataDir, 'files'), randomHex);
  const capabilities = new Map(
    [...CAPABILITIES, nominations].map((capability) => [capability.workflow, capability]),
  );
  const door = createDoor({ db, capabilities, schedule: rulebook, ports });
  const callers = createCallers({ db, clock, notices, secret: secrets.session });
  const throttlePool = new pg.Pool({ connectionString: options.databaseUrl, max: 2 });
  // Without a listener a lost connection would end the process.
  throttlePool.on('error', (error) => {
    log.warn({ err: error }, 'a connection to the database was lost');
  });
  const throttle = createLogInThrottle(throttlePool);
  const deps = { ports, door };
  const routes: Route[] = [
    ...sessionRoutes({
      db,
      clock,
      randomHex,
      throttle,
      callers,
      secret: secrets.session,
      secureCookies: config.publicUrl.startsWith('https:'),
    }),
    ...(config.demo ? [...demoClockRoutes(clock), ...demoMailRoutes()] : []),
    ...deadlineRoutes({ ports, rulebook }),
    ...tokenRoutes({ ports, callers, secret: secrets.session, scopes: () => grantableScopes(routes) }),
    ownPasswordRoute({ callers, throttle, secret: secrets.session }),
    ...accountRoutes({ ports, callers }),
    ...unitRoutes({ ports, callers }),
    ...clusterRoutes({ ports, callers }),
    ...workflowRoutes(capabilities),
    ...movementRoutes(deps),
    ...registrationRoutes({ ...deps, rulebook }),
    ...criteriaSheetRoutes(),
    ...scoringRoundRoutes(deps),
    ...councilSessionRoutes(deps),
    ...fileRoutes({ ports, storage, nominations }),
    ...nominationRoutes({ ...deps, packs: rulebook, nominations }),
    ...nominationDocumentRoutes({ ...deps, packs: rulebook, nominations }),
    ...decisionRoutes(deps),
    ...awardRuleRoutes({ ports, rulebook }),
    ...awardRoutes(),
  ];
  const app = createApi(
    { db, ports, callers, publicUrl: config.publicUrl, trustProxy: config.trustProxy },
    routes,
    config.demo ? [inboxPage(db)] : [],
  );
  return { app, ports, door, rulebook, callers, close: () => throttlePool.end() };
}
