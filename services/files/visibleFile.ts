import type { Knex } from 'knex';
import { NotFound } from '../../db/errors.ts';
import { findFile, type FileRow } from '../../db/files.ts';
import { nominationsWithFile } from '../../db/nominationDocuments.ts';
import type { Actor } from '../accounts/actor.ts';
import { seesEvidence } from '../scoring/rounds/seesEvidence.ts';
import type { Capability } from '../workflow/capability.ts';
import { officeFor } from '../workflow/policy.ts';

/**
 * A file that the actor may see: their own upload, one that a case refers to which they may see, or the evidence of
 * a score sheet that they may read.
 * Throws NotFound for all others, whether they exist or not.
 */
export async function visibleFile(
  db: Knex,
  nominations: Capability,
  { id, actor, today }: { id: string; actor: Actor; today: string },
): Promise<FileRow> {
  const file = await findFile(db, id);
  if (file === null) throw new NotFound('file');
  if (file.uploaded_by === actor.accountId) return file;
  const cases = await nominations.readCases(db, await nominationsWithFile(db, id), today);
  if (cases.some((row) => officeFor(nominations.policy, 'view', actor, row) !== null)) return file;
  if (await seesEvidence(db, { fileId: id, actor, today })) return file;
  throw new NotFound('file');
}
