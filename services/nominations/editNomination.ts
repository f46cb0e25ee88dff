import type { Knex } from 'knex';
import { updateNomination, type NominationEdit } from '../../db/nominations.ts';
import type { Actor } from '../accounts/actor.ts';
import { Forbidden, InvalidInput, NotAllowedNow } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { SubjectType } from '../rules/rulePack.ts';
import { officeEver } from '../workflow/policy.ts';
import { recordFact } from '../workflow/recordFact.ts';
import { checkMovement } from './checkMovement.ts';
import { notForSubject } from './createNomination.ts';
import type { NominationCase } from './nominationCase.ts';
import { DRAFTING, nominationPolicy } from './nominationPolicy.ts';

/** What of a nomination its unit may change; a field that is left out stays. Award and unit stay for good. */
export interface NominationChange {
  year?: number | undefined;
  movementId?: string | null | undefined;
  subjectType?: SubjectType | undefined;
  subjectName?: string | undefined;
  subjectPosition?: string | null | undefined;
  achievement?: string | undefined;
}

/**
 * Changes a draft or a supplement and records the fields that are new. Nothing new: nothing is recorded.
 * Throws InvalidInput, StaleRevision when `expectedRevision` is not the current one, NotAllowedNow
 * (`wrong-state`) once the dossier has been submitted, NotAllowedNow (`conflict`) for another recipient or year once
 * the cluster has begun to vote: its votes stay, and would count for somebody else.
 */
export async function editNomination(
  trx: Knex.Transaction,
  ports: Ports,
  by: { row: NominationCase; actor: Actor; expectedRevision: number | null },
  change: NominationChange,
): Promise<void> {
  const { row, actor, expectedRevision } = by;
  const office = officeEver(nominationPolicy, 'edit', actor, row);
  if (office === null) throw new Forbidden();
  if (change.subjectType !== undefined && !row.award.subjects.includes(change.subjectType)) {
    throw new InvalidInput([{ pointer: '/subjectType', message: notForSubject(row.award) }]);
  }
  await checkMovement(trx, change.movementId ?? null);
  const fields = changedFields(row, change);
  if (fields.length === 0 && DRAFTING.includes(row.state)) return;
  if (row.votes.length > 0 && fields.some((field) => VOTED_ON.includes(field))) {
    throw new NotAllowedNow('conflict', ALREADY_VOTED_ON);
  }
  await recordFact(trx, ports, {
    instanceId: row.id,
    type: 'nominationChanged',
    actor,
    officeId: office.id,
    detail: { changed: Object.fromEntries(fields.map((field) => [field, change[field]])) },
    states: DRAFTING,
    refusal: {
      vi: 'Hồ sơ đã trình; chỉ sửa được khi đang lập hoặc khi bị yêu cầu bổ sung.',
      en: 'The nomination is submitted; it can be changed only as a draft or when it is returned.',
    },
    expectedRevision,
  });
  const edit = fields.map((field) => [COLUMNS[field], change[field]]);
  await updateNomination(trx, row.id, Object.fromEntries(edit) as NominationEdit);
}

type Field = keyof NominationChange;

/** What a cluster's vote is about: whom, and for which year in which movement. */
const VOTED_ON: readonly Field[] = ['year', 'movementId', 'subjectType', 'subjectName'];

const ALREADY_VOTED_ON = {
  vi: 'Cụm, khối đã bỏ phiếu cho đối tượng và năm này; muốn đổi thì rút hồ sơ và lập hồ sơ mới.',
  en: 'The cluster has voted on this recipient and year: withdraw the nomination and draft another.',
};

const COLUMNS = {
  year: 'year',
  movementId: 'movement_id',
  subjectType: 'subject_type',
  subjectName: 'subject_name',
  subjectPosition: 'subject_position',
  achievement: 'achievement',
} as const satisfies Record<Field, keyof NominationEdit>;

function changedFields({ nomination }: NominationCase, change: NominationChange): Field[] {
  return (Object.keys(COLUMNS) as Field[]).filter(
    (field) => change[field] !== undefined && change[field] !== nomination[COLUMNS[field]],
  );
}
