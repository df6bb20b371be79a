import { rate } from './rate';

serve(rate);
