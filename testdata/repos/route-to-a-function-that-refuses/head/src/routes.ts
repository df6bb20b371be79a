import express from 'express';
import asyncHandler from 'express-async-handler';
import { unleash } from './flags';
import { allVisits, overlappingVisits } from './visit-store';

const router = express.Router();
router.get('/', async (req, res) => res.json(await allVisits()));
router.get('/overlapping', asyncHandler(showOverlapping));

async function showOverlapping(req, res) {
  if (!unleash.isEnabled('overlapping-visits')) {
    res.sendStatus(404);
    return;
  }
  res.json(await overlappingVisits(req.query.from));
}
export default router;
