export function taxGet() {
  return async (req, res) => res.render('tax');
}

export function taxPost() {
  return async (req, res) => res.render('done');
}
