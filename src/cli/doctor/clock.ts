import { ok, problem, warning, type Finding } from './Finding.js';

/** Confirmations, deadlines and leases are counted in seconds, and Discord's ids carry Discord's time. */
const noticeableMs = 2_000;
const harmfulMs = 30_000;

/**
 * Compares this machine's clock with another's.
 *
 * @param skewMs how far this machine is ahead; negative where it is behind
 */
export function clockFinding(whose: 'the store' | 'Discord', skewMs: number): Finding {
  const about = `clock against ${whose}`;
  const off = Math.abs(skewMs);
  const seconds = `${(off / 1000).toFixed(1)} s`;
  if (off < noticeableMs) return ok(about, `They agree within ${noticeableMs / 1000} s.`);
  const found = `This machine's clock is ${seconds} ${skewMs > 0 ? 'ahead' : 'behind'}.`;
  const next = 'Let the machines keep time by NTP (for instance "timedatectl set-ntp true").';
  return off < harmfulMs ? warning(about, found, next) : problem(about, found, next);
}
