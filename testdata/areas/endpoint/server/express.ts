// Routes of Express, Fastify, Koa and Hono.
import express from "express";
import { list, create, remove } from "./handlers";

const app = express();

app.get("/orders", list); //~ area endpoint:high

router.post("/orders", create); //~ area endpoint

fastify.route({ //~ area endpoint
  method: "DELETE",
  url: "/orders/:id",
  handler: remove,
});

hono.put("/orders/:id", create); //~ area endpoint

export function show(req, res) {
  res.json({ id: req.order.id, state: req.order.state });
}

// Near misses: a map, a client and a setting.
const orders = new Map();

export const cached = orders.get("/orders");

app.set("trust proxy", 1);

export function normalise(order) {
  return { ...order, id: String(order.id) };
}
