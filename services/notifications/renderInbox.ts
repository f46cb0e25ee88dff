import type { InboxMailRow } from '../../db/inboxMails.ts';

/** What the inbox page shows. */
export interface InboxView {
  mails: readonly Pick<InboxMailRow, 'id' | 'recipient' | 'subject' | 'body' | 'received_at'>[];
  /** The part of an address that was searched for; empty: all mail. */
  search: string;
  /** The most that one page shows. */
  limit: number;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML, also inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** The inbox as a page of plain HTML: no script, no inline style. */
export function renderInbox({ mails, search, limit }: InboxView): string {
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hộp thư thử – Sổ Vàng</title>
<link rel="stylesheet" href="/inbox/style.css">
</head>
<body>
<header>
<h1>Hộp thư thử</h1>
<p>Mọi thư của bản thử dừng lại ở đây, không thư nào đi ra ngoài. Thư mới nhất ở trên.</p>
<form method="get" action="/inbox" role="search">
<div><label for="to">Địa chỉ người nhận</label>
<input id="to" name="to" type="search" value="${escapeHtml(search)}" placeholder="Ví dụ: dakglei.canbo" autocomplete="off"></div>
<button type="submit">Tìm thư</button>
</form>
</header>
<main>
<p role="status">${escapeHtml(countOf(mails.length, search, limit))}</p>
${mails.map(article).join('\n')}
</main>
</body>
</html>
`;
}

function countOf(count: number, search: string, limit: number): string {
  const whose = search === '' ? '' : ` gửi đến địa chỉ có “${search}”`;
  if (count === 0) return `Chưa có thư nào${whose}.`;
  return count < limit ? `${count} thư${whose}.` : `${limit} thư mới nhất${whose}.`;
}

const TIME = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  dateStyle: 'short',
  timeStyle: 'short',
});

function article({ id, recipient, subject, body, received_at }: InboxView['mails'][number]): string {
  return `<article aria-labelledby="m-${escapeHtml(id)}">
<h2 id="m-${escapeHtml(id)}">${escapeHtml(subject)}</h2>
<p class="about">Gửi <a href="/inbox?to=${encodeURIComponent(recipient)}">${escapeHtml(recipient)}</a> · <time datetime="${received_at.toISOString()}">${escapeHtml(TIME.format(received_at))}</time></p>
<pre>${escapeHtml(body.trim())}</pre>
</article>`;
}
