export const bank = {};
