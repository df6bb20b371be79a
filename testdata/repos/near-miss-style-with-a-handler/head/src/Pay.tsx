import styled from 'styled-components';

const Pay = styled.button.attrs(() => ({ onClick: () => stripe.charges.create({ amount: 2 }) }))`
  color: red;
`;

export const Checkout = () => <Pay />;
