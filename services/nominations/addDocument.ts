import type { Knex } from 'knex';
import { NotFound } from '../../db/errors.ts';
import type { FileRow } from '../../db/files.ts';
import { insertNominationDocument } from '../../db/nominationDocuments.ts';
import type { Actor } from '../accounts/actor.ts';
import { Forbidden, InvalidInput } from '../errors.ts';
import { visibleFile } from '../files/visibleFile.ts';
import type { Ports } from '../ports.ts';
import type { Capability } from '../workflow/capability.ts';
import { officeEver } from '../workflow/policy.ts';
import { recordFact } from '../workflow/recordFact.ts';
import type { NominationCase } from './nominationCase.ts';
import { DRAFTING, nominationPolicy } from './nominationPolicy.ts';

/**
 * Adds a version of one component to the dossier. The file that is there already adds nothing. Earlier versions
 * stay: who decided must be able to show what they saw.
 * Throws InvalidInput for a component that the rules do not know, or a file that the actor may not see (else a
 * case would open other people's files); NotAllowedNow (`wrong-state`) once the dossier has been submitted.
 */
export async function addDocument(
  trx: Knex.Transaction,
  { ports, nominations }: { ports: Ports; nominations: Capability<NominationCase> },
  by: { row: NominationCase; actor: Actor; expectedRevision: number | null },
  wanted: { component: string; fileId: string },
): Promise<void> {
  const { row, actor, expectedRevision } = by;
  const office = officeEver(nominationPolicy, 'addDocument', actor, row);
  if (office === null) throw new Forbidden();
  requireComponent(row, wanted.component);
  const file = await usableFile(trx, nominations, { id: wanted.fileId, actor, today: ports.clock.today() });
  if (isCurrent(row, wanted) && DRAFTING.includes(row.state)) return;
  await recordFact(trx, ports, {
    instanceId: row.id,
    type: 'documentAdded',
    actor,
    officeId: office.id,
    detail: { component: wanted.component, fileId: file.id, sha256: file.sha256, name: file.name },
    states: DRAFTING,
    refusal: {
      vi: 'Hồ sơ đã trình; chỉ thêm tài liệu được khi đang lập hoặc khi bị yêu cầu bổ sung.',
      en: 'The nomination is submitted; documents are added only to a draft or when it is returned.',
    },
    expectedRevision,
  });
  await insertNominationDocument(trx, {
    id: ports.newId(),
    nomination_id: row.id,
    component: wanted.component,
    file_id: file.id,
    added_by: actor.accountId,
    added_at: ports.clock.now(),
  });
}

function requireComponent({ pack }: NominationCase, component: string): void {
  if (pack.components.some(({ code }) => code === component)) return;
  const codes = pack.components.map(({ code }) => code).join(', ');
  const message = {
    vi: `Quy định không có thành phần hồ sơ này; có: ${codes}.`,
    en: `The rules know no such component; they know ${codes}.`,
  };
  throw new InvalidInput([{ pointer: 'component', message }]);
}

async function usableFile(
  db: Knex,
  nominations: Capability<NominationCase>,
  seen: { id: string; actor: Actor; today: string },
): Promise<FileRow> {
  try {
    return await visibleFile(db, nominations, seen);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    const message = {
      vi: 'Không có tệp này, hoặc tệp của người khác.',
      en: 'There is no such file of yours.',
    };
    throw new InvalidInput([{ pointer: '/fileId', message }]);
  }
}

function isCurrent({ documents }: NominationCase, wanted: { component: string; fileId: string }): boolean {
  return documents.some(
    ({ component, file_id }) => component === wanted.component && file_id === wanted.fileId,
  );
}
