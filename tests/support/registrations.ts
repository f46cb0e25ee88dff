import { demoMovement, unitId } from './scoringRounds.ts';
import type { TestServer } from './testServer.ts';

/** A registration of that unit, drafted and submitted over HTTP: its cluster's lead now owes a review. */
export async function submitRegistration(server: TestServer, unit: string): Promise<string> {
  const officer = await server.as(`${unit}.canbo`);
  const leader = await server.as(`${unit}.lanhdao`);
  const drafted = await officer.post('/registrations', {
    movementId: await demoMovement(server),
    unitId: await unitId(server, unit),
    year: 2018,
    pledge: 'Mỗi xã giúp mười hộ thoát nghèo.',
    targets: [{ indicator: 'Giảm tỷ lệ hộ nghèo', value: '6.5', measure: 'điểm %' }],
    awardCodes: [],
  });
  const submitted = await leader.post(`/registrations/${drafted.body.id}/events`, { type: 'SUBMIT' });
  if (submitted.status !== 200) throw new Error(`cannot submit: ${JSON.stringify(submitted.body)}`);
  return drafted.body.id;
}
