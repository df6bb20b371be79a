export const olderFeatureFlags = {
  SOAP: 'rose-soap',
};

export const FeatureFlags = {
  TOWEL: 'towels',
  ...olderFeatureFlags,
};
