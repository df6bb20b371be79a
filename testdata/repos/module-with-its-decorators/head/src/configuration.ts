export default () => ({ features: { loyalty: process.env.FF_LOYALTY === 'true' } });
