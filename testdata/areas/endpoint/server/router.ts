// tRPC, GraphQL and request schemas.
import { z } from "zod";
import { createTRPCRouter, publicProcedure } from "@trpc/server";

export const orders = createTRPCRouter({
  list: publicProcedure.input(z.object({ page: z.number() })).query(list), //~ area endpoint:high
});

const typeDefs = ` #~ area endpoint
type Order {
  id: ID!
}
`;

export const total = (lines) => lines.reduce((sum, line) => sum + line.count, 0);
