import { describe, expect, it } from 'vitest';
import { networkDisk } from '../../../../src/lib/state/lmdb/networkDisk.js';

const mounts = [
  '/dev/sda1 / ext4 rw 0 0',
  'host:/x /mnt/far fuse.sshfs rw 0 0',
  '/dev/sdb /mnt/far/near ext4 rw 0 0',
  'ntfs /mnt/usb\\040stick fuseblk rw 0 0',
].join('\n');
const fuse = 0x65735546;

describe('network disks', () => {
  it.each([
    [0x6969, '/data', 'NFS'],
    [-0x00acb2be, '/data', 'CIFS'],
    [0xfe534d42, '/data', 'SMB2'],
    [0xef53, '/data', undefined],
    [fuse, '/mnt/far/data', 'sshfs'],
    [fuse, '/mnt/far/near/data', undefined],
    [fuse, '/mnt/farther', undefined],
    [fuse, '/mnt/usb stick/data', undefined],
  ])('type %i at %s is %s', (type, directory, name) => {
    expect(networkDisk(type, directory, mounts)).toBe(name);
  });
});
