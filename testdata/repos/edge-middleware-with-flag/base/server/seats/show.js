export function showSeat(req, res) {
  res.json({ seat: req.params.id });
}
