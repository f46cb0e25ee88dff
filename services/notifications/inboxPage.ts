import express, { type Router } from 'express';
import type { Knex } from 'knex';
import { searchInbox } from '../../db/inboxMails.ts';
import { INBOX_STYLE } from './inboxStyle.ts';
import { renderInbox } from './renderInbox.ts';

const SHOWN = 100;
const LONGEST_SEARCH = 200;

/** `GET /inbox?to=`: the mails of a demo, for people. Mounted in demo mode only. */
export function inboxPage(db: Knex): Router {
  const router = express.Router();
  router.get('/inbox/style.css', (_request, response) => {
    response.type('text/css').set('Cache-Control', 'public, max-age=3600').send(INBOX_STYLE);
  });
  router.get('/inbox', async (request, response) => {
    const { to } = request.query;
    const search = (typeof to === 'string' ? to : '').trim().toLowerCase().slice(0, LONGEST_SEARCH);
    const mails = await searchInbox(db, search, SHOWN);
    response
      .type('html')
      .set('Cache-Control', 'no-store')
      .send(renderInbox({ mails, search, limit: SHOWN }));
  });
  return router;
}
