export const PATHS = {
  HOME: '/',
  REPAIRS: '/repairs',
};
