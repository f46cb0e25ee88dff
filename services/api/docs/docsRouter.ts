import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Router } from 'express';
import type { Route } from '../route.ts';
import { openApiDocument } from './openApiDocument.ts';

const PAGE = `<!doctype html>
<html lang="vi">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Sổ Vàng – API</title>
    <link rel="stylesheet" href="/api/docs/swagger-ui.css">
    <link rel="icon" href="/api/docs/favicon-32x32.png">
  </head>
  <body>
    <div id="page"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;

// The validator's badge would be asked for at swagger.io.
const START = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#page',
  validatorUrl: null,
  docExpansion: 'none',
  tagsSorter: 'alpha',
});
`;

const ASSETS = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/**
 * `/api/openapi.json`, made on the first request and kept, and `/api/docs`, a page to read it with. The page's
 * parts come from node_modules: it asks nothing of the world outside.
 */
export function docsRouter(routes: readonly Route[]): Router {
  const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  let made: string | undefined;
  const router = Router();
  // Until the officials' page stands here, the address that `npm start` prints leads to what there is.
  router.get('/', (_request, response) => {
    response.redirect('/api/docs');
  });
  router.get('/api/openapi.json', (_request, response) => {
    made ??= JSON.stringify(openApiDocument(routes));
    response.type('application/json').send(made);
  });
  router.get('/api/docs', (_request, response) => {
    response.type('html').send(PAGE);
  });
  router.get('/api/docs/start.js', (_request, response) => {
    response.type('js').send(START);
  });
  for (const name of ASSETS) {
    router.get(`/api/docs/${name}`, (_request, response) => {
      response.sendFile(join(assets, name), { maxAge: '1h' });
    });
  }
  return router;
}
