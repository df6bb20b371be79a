export default () => ({
  port: Number(process.env.PORT ?? 3000),
  features: {
    receipts: process.env.FF_RECEIPTS === 'true',
    tips: process.env.FF_TIPS?.toLowerCase() === 'true',
  },
});
