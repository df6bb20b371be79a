export const featureFlagNames = ['NewMail', 'Other'] as const;
export async function getEnabledFeatureFlags(options: { email: string }) {
  const query = knex('feature_flags').select('name');
  const rows = await query;
  return rows.map((row) => row.name);
}
