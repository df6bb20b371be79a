import * as express from 'express';
import { taxGet } from './tax-controller';

let router = express.Router();

router.get('/tax', asyncHandler(taxGet()));

router = other;
export { router as taxRouter };
