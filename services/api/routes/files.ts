import { z } from 'zod';
import type { FileRow } from '../../../db/files.ts';
import type { FileStorage } from '../../files/fileStorage.ts';
import { storeUpload } from '../../files/storeUpload.ts';
import { visibleFile } from '../../files/visibleFile.ts';
import type { Ports } from '../../ports.ts';
import type { Capability } from '../../workflow/capability.ts';
import { receivedFile, receiveFile } from '../receiveFile.ts';
import { route, type Route, type RouteCall } from '../route.ts';
import { idParams } from './shared.ts';

export interface FileRouteDeps {
  ports: Ports;
  storage: FileStorage;
  nominations: Capability;
}

const fileSchema = z
  .object({
    id: z.uuid(),
    sha256: z.string(),
    contentType: z.string(),
    size: z.int(),
    name: z.string(),
    uploadedAt: z.iso.datetime(),
  })
  .meta({ id: 'File' });

const upload = z.object({
  file: z.object({ name: z.string(), sha256: z.string(), size: z.int() }),
});

/** Files: sent in once, then referred to by id. Seen by who sent them and by who may see a case that has them. */
export function fileRoutes(deps: FileRouteDeps): Route[] {
  return [uploadRoute(deps), metadataRoute(deps), contentRoute(deps)];
}

function uploadRoute({ ports, storage }: FileRouteDeps): Route {
  return route({
    method: 'post',
    path: '/files',
    tag: 'files',
    summary: { vi: 'Tải tệp lên', en: 'Upload a file' },
    permission: { name: 'files.create', allows: () => true },
    before: receiveFile(storage),
    consumes: 'multipart/form-data',
    body: upload,
    response: fileSchema,
    status: 201,
    async handle({ actor, body, request, within }) {
      const file = { ...receivedFile(request), name: body.file.name };
      return { body: presentFile(await within((trx) => storeUpload(trx, { storage, ports }, actor, file))) };
    },
  });
}

function seenFile({ ports, nominations }: FileRouteDeps) {
  return ({
    db,
    actor,
    params,
  }: Pick<RouteCall<{ id: string }, unknown, unknown, unknown>, 'db' | 'actor' | 'params'>) =>
    visibleFile(db, nominations, { id: params.id, actor, today: ports.clock.today() });
}

function metadataRoute(deps: FileRouteDeps): Route {
  const subject = seenFile(deps);
  return route({
    method: 'get',
    path: '/files/{id}',
    tag: 'files',
    summary: { vi: 'Thông tin về một tệp', en: 'About a file' },
    permission: { name: 'files.read', allows: () => true },
    params: idParams,
    response: fileSchema,
    subject,
    handle: ({ subject: row }) => Promise.resolve({ body: presentFile(row) }),
  });
}

function contentRoute(deps: FileRouteDeps): Route {
  const subject = seenFile(deps);
  return route({
    method: 'get',
    path: '/files/{id}/content',
    tag: 'files',
    summary: { vi: 'Nội dung của một tệp', en: 'The content of a file' },
    permission: { name: 'files.read', allows: () => true },
    params: idParams,
    produces: 'application/octet-stream',
    response: z.void(),
    subject,
    async handle({ subject: row }) {
      const content = await deps.storage.open(row.sha256);
      const file = { content, contentType: row.content_type, size: Number(row.size), name: row.name };
      return { body: undefined, file };
    },
  });
}

function presentFile(row: FileRow) {
  return {
    id: row.id,
    sha256: row.sha256,
    contentType: row.content_type,
    size: Number(row.size),
    name: row.name,
    uploadedAt: row.uploaded_at.toISOString(),
  };
}
