import express from 'express';

// One route goes, and another one comes that has nothing to do with it.
const router = express.Router();

router.get('/features', listFeatures);
router.delete('/experiments/:id/link', dropLink);

export default router;
