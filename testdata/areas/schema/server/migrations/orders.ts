export async function up(db: Db) {
  await db.collection("orders").updateMany({}, { $set: { paid: false } }); //~ area schema:critical
}

export async function read(db: Db) {
  return db.collection("orders").find({});
}
