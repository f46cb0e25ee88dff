import { describe, expect, test } from '@jest/globals';
import type { CaseTitle } from '../../../db/views/caseTitles.ts';
import { collectionOf } from '../../../services/notifications/collections.ts';
import { renderNotice } from '../../../services/notifications/renderNotice.ts';
import { notices } from '../../../services/notifications/templates/notices.ts';
import { templates } from '../../../workflows/effects.ts';

const about: CaseTitle = {
  id: '0192e4a0-0000-7000-8000-000000000001',
  workflow: 'nomination',
  version: 1,
  state: 'supplement',
  title: 'Xã Đăk Pék',
  award: 'Bằng khen',
  unit_id: null,
  unit: 'Huyện Đăk Glei',
  cluster_id: null,
  cluster: 'Cụm thi đua các huyện, thành phố',
};

describe('a notice', () => {
  test('names the case, says what to do, and where', () => {
    expect(renderNotice('nominationReturned', about, 'https://sovang.example')).toEqual({
      subject: 'Yêu cầu bổ sung hồ sơ: Xã Đăk Pék – Bằng khen',
      text: `Hồ sơ “Xã Đăk Pék – Bằng khen” cần được bổ sung; thời hạn xem xét tạm dừng cho đến khi đơn vị gửi lại.

Việc cần làm: Xem nội dung cần bổ sung, bổ sung và gửi lại hồ sơ trước hạn.

Xem tại: https://sovang.example/nominations/${about.id}

--
Thư này do chương trình Sổ Vàng gửi tự động, xin không trả lời.
`,
    });
  });

  test('exists for every template that a machine may ask for', () => {
    expect(Object.keys(notices).sort()).toEqual([...templates].sort());
  });

  test.each(templates)(
    '%s speaks Vietnamese in NFC, on one subject line, with the title and the link',
    (template) => {
      const { subject, text } = renderNotice(template, about, 'https://sovang.example');
      expect(`${subject}${text}`).toBe(`${subject}${text}`.normalize('NFC'));
      expect(subject).toMatch(/^\p{Lu}/u);
      expect(`${subject}${text}`).toContain('Xã Đăk Pék');
      expect(text).toContain(`https://sovang.example/nominations/${about.id}`);
      expect(text).not.toMatch(/undefined|null/);
    },
  );

  test('keeps a title with line breaks from starting a new mail header', () => {
    const { subject } = renderNotice(
      'nominationHeld',
      { ...about, title: 'A\r\nBcc: b@c.d', award: null },
      'https://x.y',
    );
    expect(subject).toBe('Tạm dừng xem xét: A Bcc: b@c.d');
  });
});

test('every workflow has its collection', () => {
  expect(
    ['movement', 'registration', 'scoringRound', 'nomination', 'councilSession', 'decision'].map(
      collectionOf,
    ),
  ).toEqual(['movements', 'registrations', 'scoring-rounds', 'nominations', 'council-sessions', 'decisions']);
});
