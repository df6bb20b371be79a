const INCLUDED = new Set(['seats-by-month', 'phone']);

export const allows = (name) => INCLUDED.has(name);
