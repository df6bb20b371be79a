// A route by its file, and the fields that it returns.
export const GET = async (req: Request, res: Response) => { //~ area endpoint:high
  const orders = await list(req.scope);
  res.json(orders);
};

export const defaultOrderFields = [
  "id",
  "items.variant", //~ area endpoint:high
];

const byDate = [
  "created",
  "updated",
];
