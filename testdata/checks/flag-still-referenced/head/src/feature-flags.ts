export const FEATURE_FLAGS = {
  KEPT_TAX: 'kept-tax',
};
