import type { Knex } from 'knex';
import { readCaseTitles, type CaseTitle } from '../../db/views/caseTitles.ts';
import { pageOfOwed, type OwedPage, type Owing } from '../../db/views/owedDeadlines.ts';
import type { DeadlineRow } from '../../db/deadlines.ts';
import { parties, type DeadlineKind } from '../../workflows/effects.ts';
import { lookup } from '../../workflows/registry.ts';
import type { Text } from '../../workflows/workflow.ts';
import { unitsOf, type Actor } from '../accounts/actor.ts';
import { provinceRole } from '../notifications/audience.ts';
import { collectionOf } from '../notifications/collections.ts';
import { fullTitle } from '../notifications/renderNotice.ts';
import type { Rulebook } from '../rules/rulebook.ts';
import { deadlineLabels } from './words.ts';

/** Something that the caller owes, and by when. */
export interface OwedTask {
  id: string;
  kind: string;
  label: Text;
  openedOn: string;
  dueOn: string;
  /** From today to the due day; negative: overdue. */
  workingDaysLeft: number;
  /** Standing still: the other side has the case. */
  paused: boolean;
  case: {
    id: string;
    workflow: string;
    collection: string;
    title: string;
    unit: string | null;
    cluster: string | null;
    state: string;
    stateLabel: Text;
  };
}

/** One page of what this person owes today, the soonest first. */
export async function myDeadlines(
  db: Knex,
  rulebook: Pick<Rulebook, 'workingDaysBetween'>,
  actor: Actor,
  today: string,
  page: OwedPage,
): Promise<OwedTask[]> {
  const rows = await pageOfOwed(db, owingOf(actor), today, page);
  const cases = await readCaseTitles(
    db,
    rows.map(({ instance_id }) => instance_id),
  );
  return rows.flatMap((row) => {
    const about = cases.get(row.instance_id);
    return about === undefined ? [] : [taskOf(row, about, rulebook.workingDaysBetween(today, row.due_on))];
  });
}

function owingOf(actor: Actor): Owing {
  const roles = actor.offices.map(({ role }) => role as string);
  return {
    unitIds: unitsOf(actor),
    parties: parties.filter((party) => roles.includes(provinceRole(party) ?? '')),
    leading: actor.ties.flatMap(({ clusterId, unitId, position }) =>
      position === 'member' ? [] : [{ clusterId, unitId, position }],
    ),
  };
}

function taskOf(row: DeadlineRow, about: CaseTitle, workingDaysLeft: number): OwedTask {
  const definition = lookup(about.workflow, about.version);
  return {
    id: row.id,
    kind: row.kind,
    label: deadlineLabels[row.kind as DeadlineKind],
    openedOn: row.opened_on,
    dueOn: row.due_on,
    workingDaysLeft,
    paused: row.paused_on !== null,
    case: {
      id: about.id,
      workflow: about.workflow,
      collection: collectionOf(about.workflow),
      title: fullTitle(about),
      unit: about.unit,
      cluster: about.cluster,
      state: about.state,
      stateLabel: definition.states[about.state]?.label ?? { vi: about.state, en: about.state },
    },
  };
}
