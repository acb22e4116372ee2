/** Application commands, global and per guild. */
import { refusals } from '../ApiError.js';
import type { RestRequest } from '../RestRequest.js';
import type { Rooms } from '../Rooms.js';
import { created, noContent, ok, type Router } from '../Router.js';
import { command, commandEdit, commandSet } from '../../rules/commands.js';

export function commandRoutes(router: Router, rooms: Rooms): void {
  register(router, rooms, '/applications/:application/commands', () => null);
  register(router, rooms, '/applications/:application/guilds/:guild/commands', (request) => {
    const guild = rooms.world.guilds.get(request.param('guild'));
    if (!guild?.members.has(rooms.world.bot.id)) throw refusals.missingAccess();
    return guild.id;
  });
}

function register(
  router: Router,
  { world, commands }: Rooms,
  path: string,
  scopeOf: (request: RestRequest) => string | null,
): void {
  const scope = (request: RestRequest): string | null => {
    if (request.param('application') !== world.bot.id) throw refusals.missingAccess();
    return scopeOf(request);
  };
  router
    .on('GET', path, (request) => ok(commands.list(scope(request))))
    .on('PUT', path, (request) => ok(commands.replaceAll(scope(request), request.body(commandSet))))
    .on('POST', path, (request) => {
      const { command: stored, isNew } = commands.put(scope(request), request.body(command));
      return isNew ? created(stored) : ok(stored);
    })
    .on('GET', `${path}/:command`, (request) => ok(commands.get(scope(request), request.param('command'))))
    .on('PATCH', `${path}/:command`, (request) =>
      ok(commands.edit(scope(request), request.param('command'), request.body(commandEdit))),
    )
    .on('DELETE', `${path}/:command`, (request) => {
      commands.remove(scope(request), request.param('command'));
      return noContent;
    });
}
