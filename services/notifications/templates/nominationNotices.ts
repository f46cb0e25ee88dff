import { unitOf, type NoticeTemplate } from './noticeTemplate.ts';

/** Notices about nominations and awards. */
export const nominationNotices = {
  nominationSubmitted: {
    subject: ({ title }) => `Hồ sơ chờ xem xét: ${title}`,
    said: (about) => `Hồ sơ đề nghị khen thưởng “${about.title}” của ${unitOf(about)} đã được gửi đến.`,
    toDo: 'Xem xét hồ sơ theo nhiệm vụ của mình trước hạn.',
  },
  nominationEndorsed: {
    subject: ({ title }) => `Cụm, khối thi đua suy tôn: ${title}`,
    said: ({ title }) => `Hồ sơ “${title}” đã được cụm, khối thi đua suy tôn và chuyển sang thẩm định.`,
    toDo: null,
  },
  nominationDeclined: {
    subject: ({ title }) => `Không được suy tôn: ${title}`,
    said: ({ title }) => `Hồ sơ “${title}” không đạt số phiếu suy tôn của cụm, khối thi đua.`,
    toDo: null,
  },
  nominationReturned: {
    subject: ({ title }) => `Yêu cầu bổ sung hồ sơ: ${title}`,
    said: ({ title }) =>
      `Hồ sơ “${title}” cần được bổ sung; thời hạn xem xét tạm dừng cho đến khi đơn vị gửi lại.`,
    toDo: 'Xem nội dung cần bổ sung, bổ sung và gửi lại hồ sơ trước hạn.',
  },
  nominationResubmitted: {
    subject: ({ title }) => `Hồ sơ đã bổ sung: ${title}`,
    said: (about) => `${unitOf(about)} đã bổ sung và gửi lại hồ sơ “${about.title}”.`,
    toDo: 'Tiếp tục xem xét hồ sơ; thời hạn chạy tiếp từ hôm nay.',
  },
  nominationIneligible: {
    subject: ({ title }) => `Không đủ điều kiện: ${title}`,
    said: ({ title }) => `Hồ sơ “${title}” không đủ điều kiện khen thưởng theo kết quả thẩm định.`,
    toDo: 'Xem lý do và căn cứ trong hồ sơ.',
  },
  nominationReadyForCouncil: {
    subject: ({ title }) => `Hồ sơ trình Hội đồng: ${title}`,
    said: (about) =>
      `Hồ sơ “${about.title}” của ${unitOf(about)} đã thẩm định xong, đủ điều kiện trình Hội đồng.`,
    toDo: 'Đưa hồ sơ vào một phiên họp của Hội đồng Thi đua - Khen thưởng.',
  },
  nominationNotApproved: {
    subject: ({ title }) => `Không được thông qua: ${title}`,
    said: ({ title }) => `Hồ sơ “${title}” không được thông qua.`,
    toDo: 'Xem lý do trong hồ sơ.',
  },
  nominationAwarded: {
    subject: ({ title }) => `Đã được khen thưởng: ${title}`,
    said: ({ title }) => `Đề nghị khen thưởng “${title}” đã có quyết định và được ghi vào Sổ Vàng.`,
    toDo: null,
  },
  nominationHeld: {
    subject: ({ title }) => `Tạm dừng xem xét: ${title}`,
    said: ({ title }) => `Việc xem xét hồ sơ “${title}” tạm dừng; thời hạn không chạy trong thời gian này.`,
    toDo: 'Xem lý do tạm dừng trong hồ sơ.',
  },
  awardRevoked: {
    subject: ({ title }) => `Thu hồi khen thưởng: ${title}`,
    said: ({ title }) => `Khen thưởng “${title}” đã bị thu hồi theo một quyết định mới.`,
    toDo: 'Xem quyết định thu hồi trong hồ sơ.',
  },
} as const satisfies Record<string, NoticeTemplate>;
