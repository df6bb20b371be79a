export const settings = {
  featureFlags: {
    darkMode: false,
  },
};
