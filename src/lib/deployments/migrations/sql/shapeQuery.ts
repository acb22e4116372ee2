/** Everything of a schema that a migration can change, as rows of what it is and how it is defined. */

const foreign = (schema: string): string =>
  `${schema} not in ('pg_catalog', 'information_schema') and ${schema} not like 'pg\\_%'`;

/** What an extension brought is the extension's. */
const own = (object: string, catalogue: string): string =>
  `not exists (select from pg_depend d where d.objid = ${object} and d.classid = '${catalogue}'::regclass and d.deptype = 'e')`;

const parts = [
  `select 'schema ' || nspname, concat_ws(' ', pg_get_userbyid(nspowner), nspacl::text)
   from pg_namespace where ${foreign('nspname')}`,

  `select 'extension ' || extname, extversion from pg_extension`,

  `select case c.relkind when 'v' then 'view ' when 'm' then 'materialised view ' else 'table ' end || n.nspname || '.' || c.relname,
     concat_ws(' ', c.relkind, c.relpersistence, pg_get_userbyid(c.relowner), c.relacl::text, c.reloptions::text,
       case when c.relrowsecurity then 'row security' end, case when c.relforcerowsecurity then 'forced' end,
       pg_get_expr(c.relpartbound, c.oid), pg_get_partkeydef(c.oid), obj_description(c.oid, 'pg_class'),
       case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end)
   from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relpersistence <> 't' and ${foreign('n.nspname')} and ${own('c.oid', 'pg_class')}`,

  `select 'column ' || n.nspname || '.' || c.relname || '.' || a.attname,
     concat_ws(' ', format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' end,
       'default ' || pg_get_expr(d.adbin, d.adrelid), nullif(a.attidentity, ''), nullif(a.attgenerated, ''),
       a.attacl::text, (select 'collate ' || o.collname from pg_collation o where o.oid = a.attcollation and o.collname <> 'default'),
       col_description(c.oid, a.attnum))
   from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c') and c.relpersistence <> 't'
     and ${foreign('n.nspname')} and ${own('c.oid', 'pg_class')}`,

  `select 'column order ' || n.nspname || '.' || c.relname, string_agg(a.attname, ', ' order by a.attnum)
   from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
   where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p') and c.relpersistence <> 't' and ${foreign('n.nspname')}
   group by n.nspname, c.relname`,

  `select 'constraint ' || n.nspname || '.' || coalesce(c.relname || '.', t.typname || '.', '') || k.conname,
     concat_ws(' ', pg_get_constraintdef(k.oid), case when not k.convalidated then 'not valid' end)
   from pg_constraint k join pg_namespace n on n.oid = k.connamespace
     left join pg_class c on c.oid = k.conrelid left join pg_type t on t.oid = k.contypid
   where k.contype <> 'n' and ${foreign('n.nspname')}`,

  `select 'index ' || n.nspname || '.' || c.relname,
     concat_ws(' ', pg_get_indexdef(i.indexrelid), case when not i.indisvalid then 'invalid' end, case when i.indisclustered then 'clustered' end)
   from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace where ${foreign('n.nspname')}`,

  `select 'trigger ' || n.nspname || '.' || c.relname || '.' || t.tgname, concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled)
   from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
   where not t.tgisinternal and ${foreign('n.nspname')}`,

  `select 'function ' || n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
     concat_ws(' ', case when p.prokind in ('f', 'p') then pg_get_functiondef(p.oid) else p.prokind::text end, p.proacl::text)
   from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${foreign('n.nspname')} and ${own('p.oid', 'pg_proc')}`,

  `select 'type ' || n.nspname || '.' || t.typname,
     concat_ws(' ', t.typtype, (select string_agg(e.enumlabel, ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid),
       case when t.typtype = 'd' then concat_ws(' ', format_type(t.typbasetype, t.typtypmod), case when t.typnotnull then 'not null' end, t.typdefault) end)
   from pg_type t join pg_namespace n on n.oid = t.typnamespace
   where t.typtype in ('e', 'd', 'r') and ${foreign('n.nspname')} and ${own('t.oid', 'pg_type')}`,

  `select 'sequence ' || s.schemaname || '.' || s.sequencename,
     concat_ws(' ', s.data_type, s.start_value, s.min_value, s.max_value, s.increment_by, s.cycle, s.cache_size)
   from pg_sequences s where ${foreign('s.schemaname')}`,

  `select 'policy ' || schemaname || '.' || tablename || '.' || policyname, concat_ws(' ', permissive, roles::text, cmd, qual, with_check)
   from pg_policies where ${foreign('schemaname')}`,
];

export const shapeQuery = `select what, definition from (${parts.join('\nunion all\n')}) as shape(what, definition) order by what`;
