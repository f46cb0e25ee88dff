// A process that owns an embedded database until it is killed: embeddedOwner.main.ts DATA_DIR
import { startEmbeddedPostgres } from '../../db/embedded/startEmbeddedPostgres.ts';

const [dataDir = ''] = process.argv.slice(2);
const database = await startEmbeddedPostgres({
  dataDir,
  database: 'sovang',
  log: () => undefined,
});
console.log(JSON.stringify(database));
process.stdin.resume();
