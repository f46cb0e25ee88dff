import { z } from 'zod';
import { newest } from '../../../workflows/registry.ts';
import { NotFound } from '../../../db/errors.ts';
import type { Capabilities } from '../../workflow/capability.ts';
import { describeWorkflow } from '../../workflow/describeWorkflow.ts';
import { route, type Route } from '../route.ts';

const textSchema = z.object({ vi: z.string(), en: z.string() });

const workflowSchema = z
  .object({
    name: z.string(),
    version: z.int(),
    label: textSchema,
    collection: z.string(),
    initial: z.string(),
    states: z.array(
      z.object({
        name: z.string(),
        label: textSchema,
        finished: z.boolean(),
        events: z.array(z.string()),
      }),
    ),
    events: z.array(
      z.object({
        type: z.string(),
        label: textSchema,
        system: z.boolean(),
        sentBy: z.array(
          z.object({
            role: z.string(),
            relation: z.string(),
            states: z.array(z.string()).nullable(),
          }),
        ),
        payloadSchema: z.unknown(),
      }),
    ),
    facts: z.array(z.object({ name: z.string(), label: textSchema })),
    mermaid: z.object({ vi: z.string(), en: z.string() }),
  })
  .meta({ id: 'Workflow' });

const permission = { name: 'workflows.read', allows: () => true };

/** The workflows of contract.md §3 in their newest versions; described once, since nothing of them changes. */
export function workflowRoutes(capabilities: Capabilities): Route[] {
  const described = [...capabilities.values()].map((capability) =>
    describeWorkflow(newest(capability.workflow), capability),
  );
  return [
    route({
      method: 'get',
      path: '/workflows',
      tag: 'workflows',
      summary: { vi: 'Các quy trình', en: 'The workflows' },
      permission,
      response: z.object({ items: z.array(workflowSchema), nextCursor: z.null() }),
      handle: () => Promise.resolve({ body: { items: described, nextCursor: null } }),
    }),
    route({
      method: 'get',
      path: '/workflows/{name}',
      tag: 'workflows',
      summary: { vi: 'Một quy trình', en: 'One workflow' },
      permission,
      params: z.object({ name: z.string() }),
      response: workflowSchema,
      subject: ({ params }) => {
        const found = described.find(({ name }) => name === params.name);
        if (found === undefined) throw new NotFound('workflow');
        return Promise.resolve(found);
      },
      handle: ({ subject }) => Promise.resolve({ body: subject }),
    }),
  ];
}
