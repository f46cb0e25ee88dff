import type { NoticeTemplate } from './noticeTemplate.ts';

/** Notices about council sessions and decisions. */
export const decisionNotices = {
  sessionConvened: {
    subject: ({ title }) => `Triệu tập họp Hội đồng: ${title}`,
    said: ({ title }) => `Phiên họp “${title}” của Hội đồng Thi đua - Khen thưởng đã được triệu tập.`,
    toDo: 'Xem ngày, nơi họp và các hồ sơ được đưa ra; báo thư ký Hội đồng nếu không dự họp được.',
  },
  decisionToSign: {
    subject: ({ title }) => `Quyết định chờ ký: ${title}`,
    said: ({ title }) => `Dự thảo quyết định “${title}” đã được trình ký.`,
    toDo: 'Ký, hoặc trả lại và nêu lý do.',
  },
  decisionReturned: {
    subject: ({ title }) => `Trả lại dự thảo quyết định: ${title}`,
    said: ({ title }) => `Dự thảo quyết định “${title}” đã bị trả lại.`,
    toDo: 'Xem lý do trả lại, sửa dự thảo và trình lại.',
  },
  decisionToIssue: {
    subject: ({ title }) => `Quyết định chờ ban hành: ${title}`,
    said: ({ title }) => `Quyết định “${title}” đã được ký.`,
    toDo: 'Lấy số, ghi ngày và ban hành quyết định.',
  },
} as const satisfies Record<string, NoticeTemplate>;
