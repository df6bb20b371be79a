import { payTip } from './tips';
import { drawer } from './drawer';

void payTip(drawer.last, 2);
