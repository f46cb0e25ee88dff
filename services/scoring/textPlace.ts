import type { Path, Segment } from './problems.ts';

/** A position in a JSON text as people look for it: line and column from 1, and inside which value it lies. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
  readonly path: Path;
}

interface Level {
  readonly isList: boolean;
  index: number;
  key: string | null;
  expectsKey: boolean;
}

/** Finds the place of a position; the text before it must be well formed JSON up to there. */
export function textPlace(text: string, position: number): TextPlace {
  const before = text.slice(0, position);
  const lines = before.split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, path: pathAt(before) };
}

// A string (the last one may be cut off), or a sign that opens, closes or separates. The rest changes no path.
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|[{}[\],:]/gs;

function pathAt(before: string): Segment[] {
  const levels: Level[] = [];
  for (const [token] of before.matchAll(tokens)) {
    const level = levels.at(-1);
    if (token === '{' || token === '[') {
      levels.push({ isList: token === '[', index: 0, key: null, expectsKey: token === '{' });
    } else if (token === '}' || token === ']') {
      levels.pop();
    } else if (level === undefined) {
      continue;
    } else if (token === ',') {
      level.index += 1;
      level.key = null;
      level.expectsKey = !level.isList;
    } else if (token === ':') {
      level.expectsKey = false;
    } else if (level.expectsKey) {
      level.key = unquote(token);
    }
  }
  return levels.flatMap(({ isList, index, key }): Segment[] =>
    isList ? [index] : key === null ? [] : [key],
  );
}

function unquote(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    return token.slice(1, -1);
  }
}
