export const list = (req, res) => res.json([]);
