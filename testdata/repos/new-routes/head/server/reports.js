const express = require('express');
const { reports } = require('./store');

const router = express.Router();

router.get('/reports/:id', async (req, res) => {
  res.json(await reports.find(req.params.id));
});

router.get('/reports/:id/rows', async (req, res) => {
  const rows = await reports.rows(req.params.id, { limit: Number(req.query.limit ?? 100) });
  res.json({ rows, more: rows.length === 100 });
});

module.exports = router;
