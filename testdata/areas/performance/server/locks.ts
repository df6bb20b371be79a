import { Order } from "./orders";
import { Op } from "sequelize";

export async function change(id: string, transaction: any) {
  return Order.unscoped().findOne({
    lock: transaction.LOCK.UPDATE, //~ area performance:moderate
  });
}

export async function short(id: string) {
  return Order.findOne({
    attributes: { exclude: ["text"] }, //~ area performance:moderate
  });
}

export async function door(id: string) {
  return open({ lock: "front", attributes: id });
}
