const Flags = {
  PayInRates: 'pay-in-rates',
  OneClick: 'one-click',
};

export default Flags;
