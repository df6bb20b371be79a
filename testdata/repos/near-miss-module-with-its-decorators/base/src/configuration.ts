export default () => ({ features: {} });
