// Next.js, pages router.
export default async function handler(req, res) { //~ area endpoint:high
  res.status(200).json({ ok: true });
}

function sum(lines) {
  return lines.length;
}
