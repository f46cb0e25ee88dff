import { prepareTestServer } from './testCluster.ts';

/** Runs once before all tests: a PostgreSQL server and a migrated, seeded template database on it. */
export default async function globalSetup(): Promise<void> {
  const cluster = await prepareTestServer();
  process.env['SOVANG_TEST_CLUSTER'] = JSON.stringify(cluster.urls);
  (globalThis as { stopTestCluster?: () => Promise<void> }).stopTestCluster = cluster.stop;
}
