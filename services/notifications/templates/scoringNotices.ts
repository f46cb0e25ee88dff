import { clusterOf, unitOf, type NoticeTemplate } from './noticeTemplate.ts';

/** Notices about movements, registrations and scoring rounds. */
export const scoringNotices = {
  movementLaunched: {
    subject: ({ title }) => `Phát động phong trào: ${title}`,
    said: ({ title }) => `Chủ tịch Ủy ban nhân dân tỉnh đã phát động phong trào thi đua “${title}”.`,
    toDo: 'Đọc kế hoạch của phong trào và lập bản đăng ký thi đua của đơn vị.',
  },
  registrationSubmitted: {
    subject: (about) => `Chờ tiếp nhận: đăng ký thi đua của ${unitOf(about)}`,
    said: (about) => `${unitOf(about)} đã gửi bản đăng ký thi đua “${about.title}”.`,
    toDo: 'Xem xét rồi tiếp nhận, hoặc trả lại và nêu lý do.',
  },
  registrationAccepted: {
    subject: ({ title }) => `Đã tiếp nhận đăng ký thi đua: ${title}`,
    said: ({ title }) => `Bản đăng ký thi đua “${title}” của đơn vị đã được tiếp nhận.`,
    toDo: null,
  },
  registrationReturned: {
    subject: ({ title }) => `Trả lại đăng ký thi đua: ${title}`,
    said: ({ title }) => `Bản đăng ký thi đua “${title}” của đơn vị đã bị trả lại.`,
    toDo: 'Xem lý do trả lại, sửa bản đăng ký và gửi lại.',
  },
  roundOpened: {
    subject: ({ title }) => `Mở đợt chấm điểm: ${title}`,
    said: (about) => `Đợt chấm điểm “${about.title}” của ${clusterOf(about)} đã mở phần tự chấm điểm.`,
    toDo: 'Tự chấm điểm theo bảng tiêu chí và nộp bản tự chấm trước hạn.',
  },
  roundFinalized: {
    subject: ({ title }) => `Kết quả chấm điểm: ${title}`,
    said: (about) => `Đợt chấm điểm “${about.title}” của ${clusterOf(about)} đã chốt kết quả.`,
    toDo: null,
  },
} as const satisfies Record<string, NoticeTemplate>;
