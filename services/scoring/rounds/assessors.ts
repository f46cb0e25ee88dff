import { z } from 'zod';

/** Who scores a leaf after the unit itself: the cluster's members, the standing agency, or one department. */
export type Assessor = 'cluster' | 'standing' | `dept:${string}`;

const DEPARTMENT = 'dept:';

const contentSchema = z.looseObject({
  criteria: z.array(
    z.looseObject({
      code: z.string(),
      assessor: z
        .templateLiteral([DEPARTMENT, z.string().min(1)])
        .or(z.enum(['cluster', 'standing']))
        .optional(),
    }),
  ),
});

/** The assessor of each row of a stored sheet; a row that names none is the cluster's. Throws for other content. */
export function assessorsOf(content: unknown): Map<string, Assessor> {
  const { criteria } = contentSchema.parse(content);
  return new Map(criteria.map(({ code, assessor }) => [code, assessor ?? 'cluster']));
}

/** The unit codes of the departments among a stored sheet's assessors, each once, in order of code. */
export function assessorCodes(content: unknown): string[] {
  const named = [...assessorsOf(content).values()].flatMap((assessor) => departmentOf(assessor) ?? []);
  return [...new Set(named)].sort();
}

/** The unit code of a department that assesses, or null. */
export function departmentOf(assessor: Assessor): string | null {
  return assessor.startsWith(DEPARTMENT) ? assessor.slice(DEPARTMENT.length) : null;
}
