// Pages of a web client are no endpoints, and its calls are no routes.
import { Route } from "react-router-dom";
import { api } from "./client";

export const Pages = () => <Route path="/orders" element={<Orders />} />;

export const loadOrders = () => api.get("/orders");

export const columns = [{ field: "state", title: "State" }];
