import { Tips } from './tips';
import { drawer } from './drawer';

const tips = new Tips();
tips.force();
tips.pay(drawer.last, 2);
