import type { Knex } from 'knex';
import { moveClock } from '../../db/demoClock.ts';
import { stampInstallation } from '../../db/installation.ts';
import { vietnameseDay, type Ports } from '../ports.ts';
import { seedMovementAndSheets } from './seedMovementAndSheets.ts';
import { readDemoProvince, seedOrganisation } from './seedOrganisation.ts';

/**
 * Fills an empty database with the demo province (contract.md §4), all in one transaction. Does nothing where
 * the database is stamped already: also when another process is just seeding it.
 */
export async function seedDemo(db: Knex, ports: Ports, password: string): Promise<void> {
  const province = readDemoProvince();
  await db.transaction(async (trx) => {
    const wall = ports.clock.wall();
    if (!(await stampInstallation(trx, 'demo', wall))) return;
    await moveClock(trx, new Date(province.startsAt), wall);
    await seedOrganisation(trx, ports, province, password);
    const startsAt = new Date(province.startsAt);
    const clock = { now: () => startsAt, today: () => vietnameseDay(startsAt), wall: () => wall };
    await seedMovementAndSheets(trx, { ...ports, clock });
  });
}
