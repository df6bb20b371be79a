import './jobs/payouts';
import { listen } from './server';

listen(4100);
