export const getFlags = (req) => fetch('/flags');
export const getShop = (id) => fetch('/shops/' + id);
export const countVisit = (id) => fetch('/visits/' + id);
export const recordVisit = (id) => fetch('/visits/' + id);
