export interface RedisServer {
  /** Path or name of the binary. */
  readonly command: string;
  /** The environment to start it in. */
  readonly env: NodeJS.ProcessEnv;
}

/** Rejects, saying why, where there is none and none can be had. */
export function redisServer(): Promise<RedisServer>;
