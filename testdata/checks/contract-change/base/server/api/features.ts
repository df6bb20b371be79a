import express from 'express';

// One route goes, and another one comes that has nothing to do with it.
const router = express.Router();

router.get('/features', listFeatures);
router.post('/features/:id/copy', copyFeature); //~ contract-change: `POST /features/:id/copy` is gone

export default router;
