import { drawer } from './drawer';
import { Tips } from './tips';

const tips = new Tips();
tips[process.argv[2]](drawer.last, 2);
