export const ENABLE_NEW_TAX = false;
export const newCart = window.location.host.includes('staging');
