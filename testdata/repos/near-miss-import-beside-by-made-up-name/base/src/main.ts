import { closeDay } from './day';
import { orders } from './orders';

void closeDay(orders);
