export default { featureToggles: { giftsEnabled: process.env.FEATURE_GIFTS === 'true' } };
