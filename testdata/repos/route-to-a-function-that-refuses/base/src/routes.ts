import express from 'express';
import { allVisits } from './visit-store';

const router = express.Router();
router.get('/', async (req, res) => res.json(await allVisits()));
export default router;
