import { readFile, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

interface Link {
  source: string;
  target: string;
}

/**
 * True when every link between shared libraries that pg-symlinks.json names is there. npm packages cannot
 * hold links: an install script makes them, which `npm ci --ignore-scripts` skips.
 */
export async function hasLibraryLinks(folder: string): Promise<boolean> {
  const links = await readLinks(folder);
  const found = await Promise.all(links.map((link) => exists(join(dirname(folder), link.target))));
  return found.every(Boolean);
}

/** Makes the links that are missing in `folder`; harmless to repeat. */
export async function makeLibraryLinks(folder: string): Promise<void> {
  for (const { source, target } of await readLinks(folder)) {
    const place = join(dirname(folder), target);
    if (await exists(place)) continue;
    await symlink(relative(dirname(target), source), place);
  }
}

async function readLinks(folder: string): Promise<Link[]> {
  const text = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  return JSON.parse(text) as Link[];
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
