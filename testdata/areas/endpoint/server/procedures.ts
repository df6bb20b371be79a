// Procedures that are called by name.
import Router from "koa-router";

const router = new Router();

router.post("documents.list", validate(schema), list); //~ area endpoint:high

export const renameAction = memberActionClient.schema(input); //~ area endpoint:high

lists.get("documents.list");
