import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Why this process may not mount anything, or undefined when it may. Needs root; tried once, on `folder`. */
export function whyNoMounts(folder: string, kind: 'tmpfs' | 'loop'): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'mounting needs root on Linux';
  try {
    const tried =
      kind === 'tmpfs' ? mountTmpfs(join(folder, 'try'), 1) : LoopDisk.make(join(folder, 'try'), 16);
    if (kind === 'tmpfs') unmount(join(folder, 'try'));
    else tried?.remove();
    return undefined;
  } catch {
    return `this machine does not let us mount a ${kind === 'tmpfs' ? 'tmpfs' : 'loop image'}`;
  }
}

/** A small disk in memory, that can be filled to the last byte. */
export function mountTmpfs(place: string, megabytes: number): undefined {
  mkdirSync(place, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', place], {
    stdio: 'pipe',
  });
}

/** Takes a mount away even when something still looks at it. Nothing happens where there is none. */
export function unmount(place: string): void {
  if (spawnSync('umount', [place], { stdio: 'ignore' }).status !== 0)
    spawnSync('umount', ['-l', place], { stdio: 'ignore' });
}

/** Fills a disk up, and gives the space back. */
export function fillUp(place: string): () => void {
  const filler = join(place, 'filler');
  const { bavail, bsize } = statfsSync(place);
  for (let rest = bavail * bsize, part = 0; rest > 0; part += 1) {
    try {
      writeFileSync(`${filler}-${part}`, Buffer.alloc(Math.min(rest, 4 * 1024 * 1024)));
      rest -= 4 * 1024 * 1024;
    } catch {
      // Full: what did not fit is what we wanted to know.
      break;
    }
  }
  return () => {
    for (let part = 0; part < 1_000; part += 1) rmSync(`${filler}-${part}`, { force: true });
  };
}

/** An ext4 in an image file. A copy of the image is what a power cut would have left on the disk. */
export class LoopDisk {
  readonly place: string;
  private readonly image: string;

  static make(folder: string, megabytes: number): LoopDisk {
    mkdirSync(folder, { recursive: true });
    const image = join(folder, 'image');
    execFileSync('truncate', ['-s', `${megabytes}M`, image]);
    execFileSync('mkfs.ext4', ['-q', '-F', '-m', '0', image]);
    return LoopDisk.mount(image, join(folder, 'disk'));
  }

  private static mount(image: string, place: string): LoopDisk {
    mkdirSync(place, { recursive: true });
    execFileSync('mount', ['-o', 'loop', image, place], { stdio: 'pipe' });
    execFileSync('chmod', ['0711', place]);
    return new LoopDisk(image, place);
  }

  private constructor(image: string, place: string) {
    this.image = image;
    this.place = place;
  }

  /** Only what has reached the block device: what the kernel still holds in memory is not in the copy. */
  copyImage(to: string): void {
    execFileSync('cp', ['--sparse=always', this.image, to]);
  }

  /** Mounts such a copy, which brings its file system's own journal up to date. */
  static fromCopy(image: string, place: string): LoopDisk {
    return LoopDisk.mount(image, place);
  }

  remove(): void {
    unmount(this.place);
    rmSync(this.image, { force: true });
  }
}
