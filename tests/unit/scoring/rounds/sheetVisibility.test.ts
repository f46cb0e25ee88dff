import { describe, expect, test } from '@jest/globals';
import type { Actor, Role } from '../../../../services/accounts/actor.ts';
import { maySeeSheet } from '../../../../services/scoring/rounds/sheetVisibility.ts';

const STATES = ['draft', 'selfScoring', 'crossScoring', 'explanation', 'verification', 'finalized'];

function actor(role: Role, unitId: string | null): Actor {
  const office = { id: 'o', role, unitId, title: '' };
  return { accountId: 'a', username: 'a', displayName: 'a', offices: [office], ties: [], scopes: null };
}

/** The states in which the viewer reads that sheet. */
function readIn(viewer: Actor, layer: 'self' | 'cluster' | 'department' | 'verified', scorer: string | null) {
  const round = { member_unit_ids: ['one', 'two'], assessor_unit_ids: ['office'] };
  return STATES.filter((state) =>
    maySeeSheet({ ...round, state }, { layer, scorer_unit_id: scorer }, viewer),
  );
}

const member = actor('unitOfficer', 'two');
const department = actor('unitLeader', 'office');

describe('who reads a sheet', () => {
  test('its scorer always does, and so do those who oversee rounds', () => {
    expect(readIn(member, 'self', 'two')).toEqual(STATES);
    expect(readIn(member, 'cluster', 'two')).toEqual(STATES);
    expect(readIn(department, 'department', 'office')).toEqual(STATES);
    for (const role of ['appraiser', 'agencyHead', 'chairman', 'inspector'] as const) {
      expect(readIn(actor(role, null), 'cluster', 'one')).toEqual(STATES);
    }
  });

  test('other own sheets open with cross-scoring, to members and departments', () => {
    const opened = ['crossScoring', 'explanation', 'verification', 'finalized'];
    expect(readIn(member, 'self', 'one')).toEqual(opened);
    expect(readIn(department, 'self', 'one')).toEqual(opened);
  });

  test('scores of others open to members when cross-scoring is over, and verified points at the end', () => {
    const over = ['explanation', 'verification', 'finalized'];
    expect(readIn(member, 'cluster', 'one')).toEqual(over);
    expect(readIn(member, 'department', 'office')).toEqual(over);
    expect(readIn(member, 'verified', null)).toEqual(['finalized']);
    expect(readIn(department, 'cluster', 'one')).toEqual([]);
    expect(readIn(department, 'verified', null)).toEqual([]);
  });

  test('units outside the round read nothing, and other offices nothing either', () => {
    for (const layer of ['self', 'cluster', 'department', 'verified'] as const) {
      expect(readIn(actor('unitOfficer', 'elsewhere'), layer, 'one')).toEqual([]);
      expect(readIn(actor('councilMember', null), layer, layer === 'verified' ? null : 'one')).toEqual([]);
    }
  });
});
