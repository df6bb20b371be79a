// Names that begin like SQL.
export const createOrdersStepId = "create-orders";

export const dropId = "drop.table";

export const table = "CREATE TABLE orders (id int)"; //~ area schema:high
