import { money } from './money';
import { drawer } from './drawer';

money.payTip(drawer.last, 2);
