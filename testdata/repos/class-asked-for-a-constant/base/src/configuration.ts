export default () => ({ features: { sessions: process.env.FF_SESSIONS === 'true' } });
