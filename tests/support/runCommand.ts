import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a command ended and what it printed. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const loader = fileURLToPath(new URL('typescriptLoader.mjs', import.meta.url));

/** Runs a main file of the source, given from the project's root, as a process of its own until it ends. */
export function runCommand(
  main: string,
  args: readonly string[],
  cwd?: string,
  environment: Record<string, string> = {},
): Promise<Run> {
  const path = fileURLToPath(new URL(`../../${main}`, import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', loader, path, ...args], {
      cwd,
      // Jest's own options would start the command with a warning on stderr.
      env: { ...process.env, ...environment, NODE_OPTIONS: '' },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}
