import type pg from 'pg'

/**
 * Every column of every table of the service that holds one of these texts, in any letter case, as
 * `table.column: text`. Reads the list of tables and columns from the database itself.
 */
export async function traces(pool: pg.Pool, texts: string[]): Promise<string[]> {
  const { rows: columns } = await pool.query<{ table: string; column: string; type: string }>(`
    SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
      AND c.relname <> '_prisma_migrations' AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY 1, 2`)
  if (columns.length < 50) throw new Error('no columns to look through')
  const found: string[] = []
  for (const { table, column, type } of columns) {
    const value = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`
    const { rows } = await pool.query<{ text: string }>(
      `SELECT sought.text FROM unnest($1::text[]) WITH ORDINALITY AS sought(text, n)
       WHERE EXISTS (SELECT FROM "${table}" WHERE position(lower(sought.text) IN lower(${value})) > 0) ORDER BY n`,
      [texts],
    )
    found.push(...rows.map(({ text }) => `${table}.${column}: ${text}`))
  }
  return found
}
