export function taxGet() {
  return async (req, res) => res.render('tax');
}
