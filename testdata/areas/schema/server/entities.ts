// Entities of TypeORM, tables of Drizzle, documents of Mongoose.
import { Column, Entity } from "typeorm";
import { pgTable, text } from "drizzle-orm/pg-core";
import { Schema } from "mongoose";

@Entity() //~ area schema:high
export class Order {
  @Column() //~ area schema:high
  state: string;
}

export const orders = pgTable("orders", { note: text("note") }); //~ area schema:high

export const lineSchema = new Schema({ name: String }); //~ area schema:high

export function isOpen(order: Order) {
  return order.state === "open";
}
