export const MINUTE_REFUNDS = 'minute-refunds';
export const NIGHT_RATE = 'night-rate';
