import * as express from 'express';
import { taxGet, taxPost } from './tax-controller';

const router = express.Router();

router.get('/tax', asyncHandler(taxGet()));

router.post('/tax', createAccount());

export { router as taxRouter };
