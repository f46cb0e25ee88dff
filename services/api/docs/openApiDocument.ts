import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import { keepsReceipts } from '../answerOnce.ts';
import { permissionName, type Route } from '../route.ts';
import { problemResponses } from './problemResponses.ts';

/** The OpenAPI 3.1 document of these routes, from the very schemas that validate their requests. */
export function openApiDocument(routes: readonly Route[]) {
  const paths: ZodOpenApiPathsObject = {};
  for (const spec of routes) {
    const path = `/api/v1${spec.path}`;
    paths[path] = { ...paths[path], [spec.method]: operation(spec) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Sổ Vàng',
      version: '1',
      description:
        'API thi đua, khen thưởng. Mỗi thao tác ghi quyền cần có ở `x-permission`; mã truy cập (token) dùng đúng các tên đó làm phạm vi (scope).\n\n' +
        'Each operation names its permission in `x-permission`; tokens take the same names as scopes.',
    },
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'so_vang_session' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  });
}

function operation(spec: Route): ZodOpenApiOperationObject {
  const permission = permissionName(spec);
  return {
    operationId: operationId(spec),
    summary: spec.summary.vi,
    description: spec.summary.en,
    tags: [spec.tag],
    security: security(spec),
    'x-permission': permission,
    requestParams: {
      ...(spec.params instanceof z.ZodObject && { path: spec.params }),
      ...(spec.query instanceof z.ZodObject && { query: spec.query }),
      header: headers(spec),
    },
    ...(spec.body !== undefined && {
      requestBody: {
        required: true,
        content: { [spec.consumes ?? 'application/json']: { schema: documentedBody(spec, spec.body) } },
      },
    }),
    responses: { [statusKey(spec)]: success(spec), ...problemResponses(spec) },
  };
}

/** `put /council-sessions/{id}/presence/{memberId}` is `putCouncilSessionsIdPresenceMemberId`. */
function operationId({ method, path }: Route): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return method + words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join('');
}

function security({ permission }: Route): Record<string, string[]>[] {
  if (permission === 'public') return [];
  const inPerson = typeof permission === 'object' && permission.inPerson === true;
  return inPerson ? [{ session: [] }] : [{ session: [] }, { token: [] }];
}

const KEY = z.string().min(1).max(255).optional().meta({
  description:
    'Gửi lại cùng khóa và nội dung thì nhận lại đúng kết quả cũ. / The same key and body answers the same.',
});
const IF_MATCH = z.string().optional().meta({
  description: 'ETag đã nhận; đã thay đổi thì 412. / The ETag that was answered; 412 when it is stale.',
});

function headers(spec: Route) {
  return z.object({
    ...(keepsReceipts(spec) && { 'Idempotency-Key': KEY }),
    ...(spec.method !== 'get' && spec.subject !== undefined && { 'If-Match': IF_MATCH }),
  });
}

/** A file in a form is described as what the sender sends, not as what our reader makes of it. */
function documentedBody(spec: Route, body: z.ZodType) {
  if (spec.consumes !== 'multipart/form-data') return body;
  return {
    type: 'object' as const,
    properties: { file: { type: 'string' as const, format: 'binary' } },
    required: ['file'],
  };
}

function statusKey({ status }: Route): `2${string}` {
  return `${status ?? 200}` as `2${string}`;
}

function success(spec: Route): ZodOpenApiResponseObject {
  if (spec.status === 204) return { description: 'Đã xong / Done' };
  const isCase = z.globalRegistry.get(spec.response)?.id === 'Envelope';
  return {
    description: 'Kết quả / Result',
    ...(isCase && {
      headers: z.object({ ETag: z.string().meta({ description: 'Số lần cập nhật / The revision' }) }),
    }),
    content: {
      [spec.produces ?? 'application/json']: {
        schema: spec.produces === undefined ? spec.response : { type: 'string', format: 'binary' },
      },
    },
  };
}
