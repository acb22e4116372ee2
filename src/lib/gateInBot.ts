/** The gate as `/deploy validate run:True` runs it: `deployment-gate.yaml` of the bot's own folder, one run at a time. */
import type { Clock } from './core/Clock.js';
import type { GateInBot, GateTick } from './deployments/gate/GateInBot.js';
import { gateFileName, readGateFile } from './deployments/gate/file/readGateFile.js';
import { type GateNews, runGate } from './deployments/gate/runGate.js';
import { NotNow } from './flags/errors.js';

export function openGateInBot(clock: Clock, path = gateFileName): GateInBot {
  let isRunning = false;
  return async ({ release, signal, onTicks }) => {
    if (isRunning) {
      throw new NotNow('The gate is being run in this bot already.', { next: 'Wait until it has ended.' });
    }
    isRunning = true;
    try {
      const file = await readGateFile(path);
      const ticks: GateTick[] = [];
      const onNews = (news: GateNews): void => {
        take(ticks, news);
        onTicks([...ticks]);
      };
      return await runGate(file, { release, commit: null, signal, clock, onNews });
    } finally {
      isRunning = false;
    }
  };
}

function take(ticks: GateTick[], news: GateNews): void {
  if (news.kind === 'started') ticks.push({ stage: news.stage, state: 'running', detail: '' });
  const last = ticks.at(-1);
  if (last === undefined) return;
  if (news.kind === 'line') ticks[ticks.length - 1] = { ...last, detail: news.line };
  if (news.kind === 'ended') {
    const { verdict, sentence } = news.result;
    ticks[ticks.length - 1] = { ...last, state: verdict, detail: sentence };
  }
}
