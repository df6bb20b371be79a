export const FEATURE_FLAGS = {
  LOST_TAX: 'lost-tax', //~ flag-still-referenced: `lost-tax` is removed here, but the repository still mentions it: config/flags.yml:3 and one more file.
  KEPT_TAX: 'kept-tax',
};
