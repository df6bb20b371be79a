import { connect } from 'react-redux';
import { stripe } from './stripe';

const PayButton = ({ hasTips, cart }) => {
  const pay = () => {
    stripe.charges.create({ amount: cart.total });
    if (hasTips) {
      stripe.charges.create({ amount: cart.tip });
    }
  };
  return <button onClick={pay}>Pay</button>;
};

const mapStateToProps = (state) => {
  const { cart } = state;
  return { cart, hasTips: state.featureFlags.tips };
};

export default connect(mapStateToProps)(PayButton);
