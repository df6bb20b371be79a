// A web page that asks its own server calls no other service.
import { useQuery } from "@tanstack/react-query";
import { api } from "../api";

export function Orders() {
  const { data } = useQuery(["orders"], () => api.get("/orders"));
  return <Table rows={data} />;
}

export async function loadOrders() {
  return fetch("/api/orders");
}

export function loadTag() {
  const tag = document.createElement("script"); //~ area integration:high
  tag.src = tagUrl;
}
