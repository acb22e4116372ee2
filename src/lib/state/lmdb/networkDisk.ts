/** LMDB shares memory between processes through the file, which network disks do not carry: refused at the start. */
import { readFile, realpath, statfs } from 'node:fs/promises';
import { NetworkDisk } from '../errors.js';

/** `statfs` types, from statfs(2) and linux/magic.h. */
const magicNumbers = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
]);

/** FUSE has one number for all: the mount table tells which of them reach over the network. */
const networkFuse = /^fuse\.(sshfs|glusterfs|s3fs|rclone|gcsfuse|davfs2?|cephfs)/;

/** The network file system's name, or undefined on a local disk. `mounts` is the text of /proc/mounts. */
export function networkDisk(type: number, directory: string, mounts: string): string | undefined {
  const known = magicNumbers.get(type >>> 0);
  if (known !== undefined) return known;
  const mount = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, point]) => point !== undefined && isInside(directory, point.replaceAll('\\040', ' ')))
    .sort(([, a], [, b]) => (a?.length ?? 0) - (b?.length ?? 0))
    .at(-1);
  return networkFuse.exec(mount?.[2] ?? '')?.[1];
}

function isInside(directory: string, point: string): boolean {
  return directory === point || directory.startsWith(point.endsWith('/') ? point : `${point}/`);
}

/** @throws {NetworkDisk} */
export async function refuseNetworkDisk(directory: string): Promise<void> {
  const [{ type }, path, mounts] = await Promise.all([
    statfs(directory),
    realpath(directory),
    // There is no such file but on Linux; the number above must do then.
    readFile('/proc/mounts', 'utf8').catch(() => ''),
  ]);
  const found = networkDisk(type, path, mounts);
  if (found !== undefined)
    throw new NetworkDisk(
      `The data directory ${path} is on a network disk (${found}), which would damage the state file.`,
      {
        next: 'Set DATA_DIR to a directory on a local disk, or set REDIS_URL.',
      },
    );
}
