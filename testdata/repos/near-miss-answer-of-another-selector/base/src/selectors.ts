export const selectSoap = (state) => state.featureFlags.soap;
export const selectTowel = (state) => state.shop.towel;
