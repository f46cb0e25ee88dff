import { describe, expect, test } from '@jest/globals';
import {
  actingUnits,
  noticeSeats,
  reminderSeats,
  type ClusterSeat,
} from '../../../services/notifications/audience.ts';
import type { Party } from '../../../workflows/effects.ts';

const cluster: ClusterSeat[] = [
  { clusterId: 'c', unitId: 'dakglei', position: 'member' },
  { clusterId: 'c', unitId: 'dakha', position: 'lead' },
  { clusterId: 'c', unitId: 'ngochoi', position: 'deputy' },
];

const shown = (seats: { role: string; unitId: string | null }[]) =>
  seats.map(({ role, unitId }) => `${role}@${unitId ?? '*'}`);

describe('who acts for a cluster', () => {
  test('is the lead, in its own case the deputy, and nobody where there is neither', () => {
    expect(actingUnits(cluster, 'dakglei')).toEqual(['dakha']);
    expect(actingUnits(cluster, null)).toEqual(['dakha']);
    expect(actingUnits(cluster, 'dakha')).toEqual(['ngochoi']);
    expect(actingUnits([], 'dakha')).toEqual([]);
  });
});

describe('who is reminded', () => {
  const owed = (owedBy: Party, owedUnitId: string | null = null, caseUnitId: string | null = 'dakglei') => ({
    owedBy,
    owedUnitId,
    caseUnitId,
  });

  test.each([
    [owed('unit', 'dakglei'), null, ['unitOfficer@dakglei']],
    [owed('unit', 'dakglei'), 'deputy', ['unitOfficer@dakglei', 'unitLeader@dakglei']],
    [owed('unit', 'dakglei'), 'head', ['unitOfficer@dakglei', 'unitLeader@dakglei']],
    [owed('eachMember', 'ngochoi'), null, ['unitOfficer@ngochoi']],
    [owed('eachMember', 'ngochoi'), 'head', ['unitOfficer@ngochoi', 'unitLeader@ngochoi']],
    [owed('clusterLead'), null, ['unitOfficer@dakha']],
    [owed('clusterLead'), 'deputy', ['unitOfficer@dakha', 'unitOfficer@ngochoi']],
    [owed('clusterLead'), 'head', ['unitOfficer@dakha', 'unitLeader@dakha']],
    [owed('clusterLead', null, 'dakha'), null, ['unitOfficer@ngochoi']],
    [owed('clusterLead', null, 'dakha'), 'deputy', ['unitOfficer@ngochoi']],
    [owed('clusterLead', null, 'dakha'), 'head', ['unitOfficer@ngochoi', 'unitLeader@ngochoi']],
    [owed('appraiser'), null, ['appraiser@*']],
    [owed('appraiser'), 'deputy', ['appraiser@*']],
    [owed('chairman'), 'head', ['chairman@*', 'agencyHead@*']],
    [owed('councilSecretary'), null, ['councilSecretary@*']],
  ] as const)('%o, escalation %s', (obligation, escalation, seats) => {
    expect(shown(reminderSeats(obligation, escalation, cluster))).toEqual(seats);
  });
});

describe('who is told by a notice', () => {
  test.each([
    ['unit', ['unitOfficer@dakglei', 'unitLeader@dakglei']],
    ['clusterLead', ['unitOfficer@dakha', 'unitLeader@dakha']],
    [
      'eachMember',
      [
        'unitOfficer@dakglei',
        'unitOfficer@dakha',
        'unitOfficer@ngochoi',
        'unitLeader@dakglei',
        'unitLeader@dakha',
        'unitLeader@ngochoi',
      ],
    ],
    ['allUnits', ['unitOfficer@*', 'unitLeader@*']],
    ['councilMembers', ['councilMember@*']],
    ['issuingClerk', ['issuingClerk@*']],
    ['recordsClerk', ['recordsClerk@*']],
  ] as const)('%s', (party, seats) => {
    expect(shown(noticeSeats(party, 'dakglei', cluster))).toEqual(seats);
  });
});
