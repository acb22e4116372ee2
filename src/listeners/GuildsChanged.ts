import { Listener } from '@sapphire/framework';
import { Events } from 'discord.js';

/** A guild came, went, or changed its name: the directory takes stock again. */
abstract class GuildsChangedListener extends Listener {
  public run(): void {
    this.container.rollouts.control.wake('refresh');
  }
}

export class GuildCreateListener extends GuildsChangedListener {
  public constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.GuildCreate });
  }
}

export class GuildDeleteListener extends GuildsChangedListener {
  public constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.GuildDelete });
  }
}

export class GuildUpdateListener extends GuildsChangedListener {
  public constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.GuildUpdate });
  }
}
