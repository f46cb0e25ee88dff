import { z } from 'zod';
import { documentVersions, type DocumentVersion } from '../../../db/nominationDocuments.ts';
import { addDocument } from '../../nominations/addDocument.ts';
import type { NominationCase } from '../../nominations/nominationCase.ts';
import { momentOf } from '../../workflow/momentOf.ts';
import { envelope } from '../../workflow/envelope.ts';
import { mayEver, rolesOf } from '../../workflow/policy.ts';
import { route, type Route } from '../route.ts';
import { envelopeSchema, visibleCase } from './caseParts.ts';
import type { NominationRouteDeps } from './nominations.ts';
import { idParams, uuid } from './shared.ts';

const bilingual = z.object({ vi: z.string(), en: z.string() });

const documentSchema = z
  .object({
    component: z.string(),
    componentName: bilingual,
    required: z.boolean(),
    version: z.int(),
    current: z.boolean(),
    fileId: z.uuid(),
    name: z.string(),
    contentType: z.string(),
    size: z.int(),
    sha256: z.string(),
    addedBy: z.object({ id: z.uuid(), name: z.string() }),
    addedAt: z.iso.datetime(),
  })
  .meta({ id: 'NominationDocument' });

/** The documents of a nomination: every version of every component, and adding one. */
export function nominationDocumentRoutes(deps: NominationRouteDeps): Route[] {
  return [listRoute(deps), addRoute(deps)];
}

function listRoute({ ports, nominations }: NominationRouteDeps): Route {
  const subject = visibleCase(nominations, ports);
  return route({
    method: 'get',
    path: '/nominations/{id}/documents',
    tag: 'nominations',
    summary: { vi: 'Tài liệu của hồ sơ, mọi phiên bản', en: 'Documents of a nomination, every version' },
    permission: { name: 'nominations.read', allows: () => true },
    params: idParams,
    response: z.object({ items: z.array(documentSchema), nextCursor: z.null() }),
    subject,
    async handle({ db, subject: row }) {
      const versions = await documentVersions(db, row.id);
      return { body: { items: versions.map((version) => present(version, row)), nextCursor: null } };
    },
  });
}

function addRoute({ ports, nominations }: NominationRouteDeps): Route {
  const subject = visibleCase(nominations, ports);
  return route({
    method: 'put',
    path: '/nominations/{id}/documents/{component}',
    tag: 'nominations',
    summary: { vi: 'Thêm một phiên bản tài liệu', en: 'Add a version of a document' },
    permission: {
      name: 'nominations.addDocument',
      roles: rolesOf(nominations.policy, ['addDocument']),
      allows: (actor, row) => mayEver(nominations.policy, 'addDocument', actor, row),
    },
    params: idParams.extend({ component: z.string().max(100) }),
    body: z.strictObject({ fileId: uuid }),
    response: envelopeSchema,
    subject,
    handle: ({ actor, subject: row, params: { component }, body, expectedRevision, within }) =>
      within(async (trx) => {
        const by = { row, actor, expectedRevision };
        await addDocument(trx, { ports, nominations }, by, { component, fileId: body.fileId });
        const moment = momentOf(ports);
        const [after = row] = await nominations.readCases(trx, [row.id], moment.today);
        return { body: envelope(nominations, after, actor, moment), revision: after.revision };
      }),
  });
}

function present(version: DocumentVersion, { award, pack, documents }: NominationCase) {
  const { component } = version;
  const newest = documents.find((document) => document.component === component);
  return {
    component,
    componentName: pack.components.find(({ code }) => code === component)?.name ?? {
      vi: component,
      en: component,
    },
    required: award.components.includes(component),
    version: version.version,
    current: newest?.version === version.version,
    fileId: version.file_id,
    name: version.name,
    contentType: version.content_type,
    size: Number(version.size),
    sha256: version.sha256,
    addedBy: { id: version.added_by, name: version.added_by_name },
    addedAt: version.added_at.toISOString(),
  };
}
