import { expect, test } from '@jest/globals';
import type { CaseTitle } from '../../../db/views/caseTitles.ts';
import type { DigestLine } from '../../../db/views/digestLines.ts';
import { renderDigest } from '../../../services/reminders/renderDigest.ts';

const about: CaseTitle = {
  id: '0192e4a0-0000-7000-8000-000000000001',
  workflow: 'nomination',
  version: 1,
  state: 'clusterReview',
  title: 'Xã Đăk Pék',
  award: 'Bằng khen',
  unit_id: null,
  unit: 'Huyện Đăk Glei',
  cluster_id: null,
  cluster: null,
};

const line: DigestLine = {
  entry_id: '0192e4a0-0000-7000-8000-000000000002',
  step: 'T-3',
  instance_id: about.id,
  kind: 'clusterReview',
  owed_by: 'clusterLead',
  owed_unit: null,
  owed_cluster: 'Cụm thi đua các huyện, thành phố',
  due_on: '2018-03-19',
  owed: true,
};

test('a digest says what is owed, by when, by whom and where', () => {
  const lines = [
    line,
    {
      ...line,
      step: 'E+3:deputy',
      kind: 'supplement',
      owed_by: 'unit',
      owed_unit: 'Huyện Đăk Glei',
      due_on: '2018-03-09',
    },
  ];
  const letter = renderDigest(lines, new Map([[about.id, about]]), {
    today: '2018-03-14',
    publicUrl: 'https://sovang.example/',
    workingDaysTo: (day) => (day === '2018-03-19' ? 3 : -3),
  });
  expect(letter).toEqual({
    subject: 'Sổ Vàng nhắc việc ngày 14/03/2018: 2 việc cần làm',
    text: `Các việc sau đây chưa xong:

1. Lấy phiếu suy tôn: Xã Đăk Pék – Bằng khen
   Hạn: thứ Hai 19/03/2018, còn 3 ngày làm việc
   Người thực hiện: trưởng cụm, khối Cụm thi đua các huyện, thành phố
   Xem tại: https://sovang.example/nominations/${about.id}

2. Bổ sung hồ sơ: Xã Đăk Pék – Bằng khen
   Hạn: thứ Sáu 09/03/2018, quá hạn 3 ngày làm việc
   Người thực hiện: Huyện Đăk Glei
   Đã quá hạn nên được báo đến cấp trên của người thực hiện.
   Xem tại: https://sovang.example/nominations/${about.id}

--
Thư này do chương trình Sổ Vàng gửi tự động, xin không trả lời.
`,
  });
});

test('on the Saturday after the due day a thing is overdue, though no working day has passed', () => {
  const letter = renderDigest([{ ...line, due_on: '2018-03-16' }], new Map([[about.id, about]]), {
    today: '2018-03-17',
    publicUrl: 'https://sovang.example',
    workingDaysTo: () => 0,
  });
  expect(letter.text).toContain('Hạn: thứ Sáu 16/03/2018, đã quá hạn\n');
});
