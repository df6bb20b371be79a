// Knex, Sequelize, TypeORM and db-migrate.
exports.up = async function (knex) {
  await knex.schema.createTable("orders", build); //~ area schema:high
};

exports.down = async function (knex) {
  await knex.schema.dropTable("orders");
};

export async function drop(knex) {
  await knex.schema.dropTable("legacy"); //~ area schema:critical
}

export async function addNote(queryInterface) {
  await queryInterface.addColumn("orders", "note", { type: "TEXT" }); //~ area schema:high
}

export async function renameNote(queryInterface) {
  await queryInterface.renameColumn("orders", "note", "remark"); //~ area schema:critical
}

export async function run(queryRunner) {
  await queryRunner.query("ALTER TABLE orders ADD COLUMN note text"); //~ area schema:high
}

export async function remove(db) {
  await db.runSql("ALTER TABLE orders DROP COLUMN note"); //~ area schema:critical
}

export async function fill(db) {
  await db.runSql("UPDATE orders SET note = ''"); //~ area schema:critical
}

export const description = "Orders have notes";
