// What is faster or bounded after the change.
import { Pool } from "pg";

export const pool = new Pool({
  connectionString: url,
  maxPoolSize: 20, //~ area performance:moderate
});

export async function all(ids: string[]) {
  const batches = chunk(ids);
  return Promise.all(batches.map((batch) => loadBatch(batch))); //~ area performance
}

export function first(ids: string[]) {
  return ids[0];
}
