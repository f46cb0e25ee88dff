import { weekdayFrom } from './days.ts';
import type { Play } from './play.ts';

/** Begins a part of the year, on the first weekday from that day on; where that is past, on the clock's own day. */
export async function beginChapter(play: Play, title: string, day: string): Promise<void> {
  const today = await play.clock.today();
  const wanted = weekdayFrom(day);
  play.trace.chapter(title, wanted > today ? wanted : today);
  await play.clock.moveTo(wanted);
}
