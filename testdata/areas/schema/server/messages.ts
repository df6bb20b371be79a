// Sentences that begin like SQL.
export function hint(count: number) {
  return count ? "Drop files here" : "Create an account";
}

export async function close(db, id) {
  await db.query("UPDATE orders SET closed = true WHERE id = $1", [id]);
}

export async function migrate(db) {
  await db.query("CREATE TABLE IF NOT EXISTS orders (id int)"); //~ area schema:high
}
