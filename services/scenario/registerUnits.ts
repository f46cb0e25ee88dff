import { z } from 'zod';
import { cast } from './cast.ts';
import { Refused, Unexpected } from './failures.ts';
import type { Person } from './people.ts';
import { actingLead, leaderOf, officerOf, type Member, type Play } from './play.ts';
import { caseSchema, name, seeMoved, sendEvent, startStoryCase, type StoryCase } from './storyCase.ts';
import type { AwardsOfTheYear } from './awardKinds.ts';

/** The units of the cluster with their registrations of the year. */
export interface Registered {
  clusterId: string;
  members: Member[];
  registrations: StoryCase[];
}

const target = (value: string) => ({
  indicator: 'Mức giảm tỷ lệ hộ nghèo đa chiều trong năm',
  value,
  measure: 'điểm %',
});

/**
 * All units of the cluster register for the year: the officer drafts, the leader submits, the cluster's lead (for the
 * lead itself the deputy) accepts. One comes back with a reason, is changed, and is submitted again.
 */
export async function registerUnits(
  play: Play,
  movement: StoryCase,
  awards: AwardsOfTheYear,
): Promise<Registered> {
  const drafted = [];
  for (const code of cast.units) drafted.push(await draft(play, movement, awards, code));
  const members = drafted.map(({ member }) => member);
  for (const { member, registration } of drafted) {
    const leader = await play.people(leaderOf(member));
    await sendEvent(play, leader, registration, 'SUBMIT', 'submitted');
    const lead = await play.people(officerOf(actingLead(members, member)));
    if (member.code === cast.returned) await sendBack(play, lead, leader, member, registration);
    await sendEvent(play, lead, registration, 'ACCEPT', 'accepted');
  }
  const [first] = drafted;
  if (first === undefined) throw new Unexpected('Cụm không có đơn vị nào');
  return {
    clusterId: first.clusterId,
    members,
    registrations: drafted.map(({ registration }) => registration),
  };
}

async function draft(play: Play, movement: StoryCase, awards: AwardsOfTheYear, code: string) {
  const officer = await play.people(officerOf({ code }));
  const tie = officer.me.clusters[0];
  if (tie === undefined) throw new Unexpected(`${officer.username} không thuộc cụm nào`, officer.me);
  const unitName = officer.title.replace(/^Cán bộ /, '');
  const registration = await startStoryCase(play, officer, 'registrations', {
    title: `Đăng ký thi đua năm ${play.year} của ${unitName}`,
    what: 'soạn đăng ký',
    body: {
      movementId: movement.id,
      unitId: tie.unitId,
      year: play.year,
      pledge: `${unitName} giao ước hoàn thành và vượt các chỉ tiêu được giao năm ${play.year} (minh họa).`,
      targets: [target(code === cast.returned ? '0.5' : '3.5')],
      awardCodes: [awards.voted.code, awards.plain.code],
    },
  });
  const member: Member = { code, unitId: tie.unitId, name: unitName, position: tie.position };
  return { member, registration, clusterId: tie.clusterId };
}

async function sendBack(
  play: Play,
  lead: Person,
  leader: Person,
  member: Member,
  registration: StoryCase,
): Promise<void> {
  try {
    await sendEvent(play, lead, registration, 'RETURN', 'draft', {
      reason: 'Chỉ tiêu giảm nghèo đăng ký thấp hơn mục tiêu của phong trào; đề nghị đăng ký lại.',
    });
  } catch (error) {
    // The lead sees no draft, so once it is returned the same request finds nothing: 404 comes before the key's replay.
    if (!(error instanceof Refused && error.repeated && error.status === 404)) throw error;
    await seeMoved(play, leader, registration, 'draft');
  }
  const officer = await play.people(officerOf(member));
  const changed = await officer.put(
    `/registrations/${registration.id}`,
    {
      pledge: `${member.name} giao ước phấn đấu cao hơn chỉ tiêu được giao năm ${play.year} (minh họa).`,
      targets: [target('4')],
      awardCodes: [],
    },
    caseSchema.extend({ targets: z.array(z.looseObject({ value: z.string() })) }),
  );
  play.trace.step(
    name(officer),
    `sửa ${registration.title}`,
    `chỉ tiêu ${changed.targets[0]?.value ?? ''} điểm %`,
  );
  await sendEvent(play, leader, registration, 'SUBMIT', 'submitted');
}
