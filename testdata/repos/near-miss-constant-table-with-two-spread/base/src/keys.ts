export const olderFeatureFlags = {
  SOAP: 'rose-soap',
};

export const FeatureFlags = {
  TOWEL: 'towels',
  ...olderFeatureFlags,
  ...newerFeatureFlags,
};

export const newerFeatureFlags = {
  SOAP: 'mint-soap',
};
