import type { Follower } from '../state/Store.js';

/** One follower for several rooms, told in this order: what reads the state first, what acts on it last. */
export function followEach(followers: readonly Follower[]): Follower {
  return {
    commits: (commits) => followers.forEach((follower) => follower.commits(commits)),
    reload: (state, cause, vanished) =>
      followers.forEach((follower) => follower.reload(state, cause, vanished)),
    reachable: (isReachable) => followers.forEach((follower) => follower.reachable(isReachable)),
  };
}
