import { money } from './all';
import { drawer } from './drawer';

money.tips.payTip(drawer.last, 2);
