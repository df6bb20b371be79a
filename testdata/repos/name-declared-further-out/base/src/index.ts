import { pay } from './pay';

serve(pay);
