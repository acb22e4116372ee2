/** `npm run build && pm2 start ecosystem.config.js` keeps the bot running. PM2 itself is yours to install. */
module.exports = {
  apps: [
    {
      name: 'rollouts',
      script: 'dist/esm/bot.js',
      cwd: __dirname,
      // A cluster of PM2's would share one port, not the shards; a second process has SHARDS and SHARD_COUNT of its own.
      exec_mode: 'fork',
      instances: 1,
      // The bot says "ready" once Discord knows its commands.
      wait_ready: true,
      listen_timeout: 60_000,
      // Above the 8 s that the bot takes at most to finish what it has begun.
      kill_timeout: 10_000,
      // A wrong configuration does not mend itself: five quick deaths in a row, and PM2 leaves it stopped.
      min_uptime: 10_000,
      max_restarts: 5,
      exp_backoff_restart_delay: 500,
      out_file: 'data/logs/out.log',
      error_file: 'data/logs/error.log',
      merge_logs: true,
    },
  ],
};
