import * as express from 'express';
import { taxGet, taxPost } from './tax-controller';

let router = express.Router();

router.get('/tax', asyncHandler(taxGet()));

router.post('/tax', checkSession, asyncHandler(taxPost()));

router = other;
export { router as taxRouter };
