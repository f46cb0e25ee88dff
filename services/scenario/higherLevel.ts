import { cast } from './cast.ts';
import type { Dossier } from './dossier.ts';
import type { Play } from './play.ts';
import { sendEvent } from './storyCase.ts';

/** The province forwards a case of the State level. */
export async function forwardToHigherLevel(play: Play, dossier: Dossier): Promise<void> {
  const clerk = await play.people(cast.issuingClerk);
  await sendEvent(play, clerk, dossier, 'FORWARD', 'awaitingHigherDecision', {
    letterNumber: `${play.year % 100}1/TTr-UBND`,
    letterDate: await play.clock.today(),
  });
}

/** The higher level has granted it, and the records clerk enters its decision. */
export async function recordHigherDecision(play: Play, dossier: Dossier): Promise<void> {
  const clerk = await play.people(cast.recordsClerk);
  await sendEvent(play, clerk, dossier, 'RECORD_HIGHER_DECISION', 'awarded', {
    granted: 'yes',
    authority: dossier.award.route.higher?.name.vi ?? '',
    number: `${play.year}/QĐ-TTg`,
    date: await play.clock.today(),
  });
}
