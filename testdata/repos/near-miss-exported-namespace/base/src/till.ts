import { tips } from './all';
import { drawer } from './drawer';

tips.payTip(drawer.last, 2);
