/** The instance's columns that every case view starts with, for an instance aliased `i`. */
export const INSTANCE_COLUMNS = `
  i.id, i.workflow, i.version, i.state, i.revision, i.finished, i.snapshot, i.head_hash, i.unit_id, i.cluster_id,
  i.created_at, i.updated_at`;

/** The member units of the instance's cluster on the day $2, in order of unit code. */
export const MEMBER_UNITS = `
  coalesce((
    select array_agg(m.unit_id order by u.code) from cluster_members m join units u on u.id = m.unit_id
      where m.cluster_id = i.cluster_id and m.valid_from <= $2::date and (m.valid_to is null or m.valid_to >= $2::date)
  ), '{}') as member_unit_ids`;
