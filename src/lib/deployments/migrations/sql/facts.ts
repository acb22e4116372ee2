/** What a statement's parse tree tells before it is run. */
import { asNode, asNodes, type Node, type Statement } from './parse.js';

/** Something that a statement throws away, and that no rollback script can write down. */
export interface Loss {
  /** `drops the column public.users.email`. */
  readonly what: string;
  /** The table whose rows are at stake, as the script calls it; undefined where it cannot be told. */
  readonly table: string | undefined;
  /** Where only one column of it is. */
  readonly column?: string;
}

/** `begin` and `end` of an explicit transaction; savepoints are neither. */
export function transactionPart({ kind, node }: Statement): 'begin' | 'end' | undefined {
  if (kind !== 'TransactionStmt') return undefined;
  switch (node['kind']) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return 'begin';
    case 'TRANS_STMT_COMMIT':
    case 'TRANS_STMT_ROLLBACK':
      return 'end';
    default:
      return undefined;
  }
}

/** PostgreSQL refuses these inside of a transaction. */
export function runsAlone({ kind, node }: Statement): boolean {
  switch (kind) {
    case 'IndexStmt':
    case 'DropStmt':
      return node['concurrent'] === true;
    case 'ReindexStmt':
      return asNodes(node['params']).some((param) => asNode(param['DefElem'])['defname'] === 'concurrently');
    case 'AlterTableStmt':
      return asNodes(node['cmds']).some(
        (command) =>
          asNode(asNode(asNode(asNode(command['AlterTableCmd'])['def'])['PartitionCmd']))['concurrent'] ===
          true,
      );
    case 'VacuumStmt':
      return true;
    default:
      return false;
  }
}

/** Such a statement changes more than the copy that it would be tried on: the server, other databases, files. */
export function reachesBeyond({ kind, node }: Statement): boolean {
  if (kind === 'CopyStmt') return node['filename'] !== undefined || node['is_program'] === true;
  return /^(Createdb|Dropdb|AlterDatabase|AlterDatabaseSet|AlterSystem|CreateRole|AlterRole|AlterRoleSet|DropRole|GrantRole|CreateTableSpace|DropTableSpace|AlterTableSpaceOptions|Load|CreateSubscription|AlterSubscription|DropSubscription)Stmt$/.test(
    kind,
  );
}

/** The table whose index it builds while nobody may write to the table. */
export function blockingIndexOn({ kind, node }: Statement): string | undefined {
  return kind === 'IndexStmt' && node['concurrent'] !== true ? rangeName(node['relation']) : undefined;
}

export function lossesOf({ kind, node }: Statement): readonly Loss[] {
  switch (kind) {
    case 'DropStmt':
      return node['removeType'] === 'OBJECT_TABLE' || node['removeType'] === 'OBJECT_MATVIEW'
        ? namesOf(node['objects']).map((table) => ({ what: `drops the table ${table}`, table }))
        : node['removeType'] === 'OBJECT_SCHEMA' && node['behavior'] === 'DROP_CASCADE'
          ? [{ what: 'drops a schema with all that is in it', table: undefined }]
          : [];
    case 'TruncateStmt':
      return asNodes(node['relations']).map((relation) => {
        const table = rangeName(relation['RangeVar']);
        return { what: `empties the table ${table}`, table };
      });
    case 'DeleteStmt': {
      const table = rangeName(node['relation']);
      return [{ what: `deletes rows of ${table}`, table }];
    }
    case 'UpdateStmt': {
      const table = rangeName(node['relation']);
      return asNodes(node['targetList']).map((target) => {
        const column = String(asNode(target['ResTarget'])['name']);
        return { what: `overwrites the column ${table}.${column}`, table, column };
      });
    }
    case 'AlterTableStmt': {
      const table = rangeName(node['relation']);
      return asNodes(node['cmds']).flatMap((command) =>
        lossOfCommand(asNode(command['AlterTableCmd']), table),
      );
    }
    default:
      return [];
  }
}

function lossOfCommand(command: Node, table: string): readonly Loss[] {
  const column = textOf(command['name']);
  if (command['subtype'] === 'AT_DropColumn')
    return [{ what: `drops the column ${table}.${column}`, table, column }];
  if (command['subtype'] === 'AT_AlterColumnType')
    return [{ what: `changes the type of ${table}.${column}`, table, column }];
  return [];
}

function rangeName(value: unknown): string {
  const { schemaname, relname } = asNode(value);
  return schemaname === undefined ? textOf(relname) : `${textOf(schemaname)}.${textOf(relname)}`;
}

function namesOf(objects: unknown): readonly string[] {
  return asNodes(objects).map((object) =>
    asNodes(asNode(object['List'])['items'])
      .map((item) => String(asNode(item['String'])['sval']))
      .join('.'),
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
