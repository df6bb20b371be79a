import { Router } from 'express';
import { guard } from './guard';
import { giftsEnabled, isOpen } from './toggles';
import { wrap } from './wrap';

export const router = Router();

router.get('/gifts', guard('Gifts', giftsEnabled), wrap);
