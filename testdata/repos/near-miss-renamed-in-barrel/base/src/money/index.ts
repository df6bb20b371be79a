export { refundAll as giveBack } from './refund';
