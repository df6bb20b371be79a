import * as express from 'express';
import { taxGet } from './tax-controller';

const router = express.Router();

router.get('/tax', asyncHandler(taxGet()));

export { router as taxRouter };

serve(router);
