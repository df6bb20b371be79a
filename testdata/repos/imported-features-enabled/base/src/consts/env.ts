import { yes } from './yes';
const isProduction = import.meta.env.PROD;
export const isDevFeaturesEnabled =
  !isProduction || yes(import.meta.env.DEV_FEATURES_ENABLED) || yes(localStorage.getItem('dev'));
