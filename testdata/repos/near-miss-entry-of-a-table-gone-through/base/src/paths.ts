export const PATHS = {
  HOME: '/',
};
