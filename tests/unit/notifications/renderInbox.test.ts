import { expect, test } from '@jest/globals';
import { renderInbox } from '../../../services/notifications/renderInbox.ts';

const mail = {
  id: '0192e4a0-0000-7000-8000-000000000001',
  recipient: 'dakglei.canbo@kontum.example',
  subject: 'Trả lại <b>hồ sơ</b>',
  body: '<script>alert("x")</script> & \'y\'\n',
  received_at: new Date('2018-01-12T01:05:00Z'),
};

test('mail is shown as text: nothing in it becomes HTML', () => {
  const html = renderInbox({ mails: [mail], search: '"><img src=x>', limit: 100 });
  expect(html).not.toContain('<script');
  expect(html).not.toContain('<img');
  expect(html).not.toContain('<b>');
  expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;');
  expect(html).toContain('value="&quot;&gt;&lt;img src=x&gt;"');
});

test('the page carries no script and no inline style', () => {
  const html = renderInbox({ mails: [mail], search: '', limit: 100 });
  expect(html).not.toMatch(/<script|<style|\sstyle=|\son\w+=/);
  expect(html).toContain('<html lang="vi">');
  expect(html).toContain('08:05');
});

test.each([
  [0, '', 'Chưa có thư nào.'],
  [0, 'dakglei', 'Chưa có thư nào gửi đến địa chỉ có “dakglei”.'],
  [1, '', '1 thư.'],
  [2, 'dakglei', '2 thư mới nhất gửi đến địa chỉ có “dakglei”.'],
])('%i mails for a search of “%s”', (count, search, said) => {
  const html = renderInbox({ mails: Array.from({ length: count }, () => mail), search, limit: 2 });
  expect(html).toContain(`<p role="status">${said}</p>`);
});
