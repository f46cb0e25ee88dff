import { expect, test } from '@jest/globals';
import { mermaid } from '../../../workflows/mermaid.ts';
import { all, newest } from '../../../workflows/registry.ts';

test('draws the registration in Vietnamese', () => {
  expect(mermaid(newest('registration'), 'vi')).toBe(`stateDiagram-v2
  state "Đang soạn thảo" as draft
  state "Chờ tiếp nhận" as submitted
  state "Đã tiếp nhận" as accepted
  state "Đã rút đăng ký" as withdrawn
  [*] --> draft
  draft --> submitted : Gửi đăng ký [Bản đăng ký đã có chỉ tiêu]
  draft --> withdrawn : Rút đăng ký
  submitted --> accepted : Tiếp nhận
  submitted --> draft : Trả lại
  submitted --> withdrawn : Rút đăng ký
  accepted --> [*]
  withdrawn --> [*]
`);
});

test('tells guards over facts, context and payload as text', () => {
  const english = mermaid(newest('nomination'), 'en').split('\n');
  expect(english).toEqual(
    expect.arrayContaining([
      '  draft --> appraisal : Submit [All required documents are there] [The rules that it was drafted under are in force] [not goes through the cluster]',
      '  clusterReview --> declined : Close the cluster review [The members have voted, or the review has run out of time] [not (The required share of the cluster agrees)]',
      '  onHold --> councilReview : Release [held in = Before the council]',
      '  awaitingHigherDecision --> awarded : Record the higher decision [granted = yes]',
    ]),
  );
  expect(mermaid(newest('decision'), 'vi')).toContain('[loại quyết định = thu hồi]');
});

const drawings = all().flatMap((definition) =>
  (['vi', 'en'] as const).map((language) => [definition.name, language, definition] as const),
);

test.each(drawings)(
  'the drawing of %s in %s is well formed and leaves nothing out',
  (_, language, definition) => {
    const [head, ...lines] = mermaid(definition, language).trimEnd().split('\n');
    expect(head).toBe('stateDiagram-v2');
    const form = /^ {2}(state "[^"#;:]+" as \w+|\[\*\] --> \w+|\w+ --> \[\*\]|\w+ --> \w+ : [^"#;:]+)$/u;
    expect(lines.filter((line) => !form.test(line))).toEqual([]);
    const arrows = Object.values(definition.machine.states).flatMap((state) =>
      [...state.transitions.values()].flat(),
    );
    expect(lines.filter((line) => line.includes(' : ')).length).toBe(arrows.length);
  },
);
