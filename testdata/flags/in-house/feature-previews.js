export const MIGRATION = "firecloud-migration"; //~ defines in-house firecloud-migration
export const PREFERENCE_PREFIX = "previews";
export const isFeaturePreviewEnabled = (id) => localStorage.getItem(PREFERENCE_PREFIX + id) === "true";
const title = "Migration";
export default [{ id: MIGRATION, title }];
