import { tips } from './all';
import { drawer } from './drawer';

const { payTip: pay } = tips;
pay(drawer.last, 2);
