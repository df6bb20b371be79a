const express = require('express');
const { reports } = require('./store');

const router = express.Router();

router.get('/reports/:id', async (req, res) => {
  res.json(await reports.find(req.params.id));
});

module.exports = router;
