export const FLAGS = { TAX_HOLIDAY: 'tax-holiday' };
