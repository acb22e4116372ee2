/** The folder beside the bot whose migrations may be tried from chat: nothing outside of it is ever opened. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UnknownMigration } from './errors.js';
import { inOrder, isMigration, rollbackOf } from './sql/fileNames.js';

export interface MigrationFiles {
  readonly up: string;
  /** Undefined where there is none. */
  readonly down: string | undefined;
  /** Migrations that come before it, oldest first. */
  readonly earlier: readonly string[];
}

export class MigrationFolder {
  public constructor(private readonly path: string) {}

  /** In their order. A folder that does not exist has none. */
  public async list(): Promise<readonly string[]> {
    try {
      const names = (await readdir(this.path)).filter(isMigration).sort(inOrder);
      const inside = await Promise.all(names.map((name) => this.holds(name)));
      return names.filter((_, index) => inside[index]);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  /**
   * @param name one of {@link list}: a path is no name
   * @throws {UnknownMigration}
   */
  public async find(name: string): Promise<MigrationFiles> {
    const all = await this.list();
    const index = all.indexOf(name);
    if (index < 0) {
      throw new UnknownMigration(`There is no migration "${name}" in ${this.path}.`, {
        next:
          all.length === 0
            ? `Put NAME.sql and NAME.down.sql into ${this.path} beside the bot; migrations.folder in deployments.yaml names another folder.`
            : `Choose one of the list, for example ${all.at(-1) ?? ''}.`,
      });
    }
    const down = rollbackOf(name);
    return {
      up: join(this.path, name),
      down: (await this.holds(down)) ? join(this.path, down) : undefined,
      earlier: all.slice(0, index).map((one) => join(this.path, one)),
    };
  }

  /** @param name of a file that the settings name, and nobody in chat */
  public at(name: string): string {
    return join(this.path, name);
  }

  /** Whether it is a file that lies there indeed: a link may not lead out. */
  private async holds(name: string): Promise<boolean> {
    try {
      const [root, file] = await Promise.all([realpath(this.path), realpath(join(this.path, name))]);
      return `${dirname(file)}/`.startsWith(`${root}/`) && (await stat(file)).isFile();
    } catch (error) {
      // A link to nowhere, or removed in this very moment.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  }
}
