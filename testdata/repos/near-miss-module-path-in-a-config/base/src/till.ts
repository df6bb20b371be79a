import { payTip } from 'gratuity';
import { drawer } from './drawer';

payTip(drawer.last, 2);
