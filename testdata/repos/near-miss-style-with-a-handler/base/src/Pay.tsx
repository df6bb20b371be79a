import styled from 'styled-components';

const Pay = styled.button.attrs(() => ({ onClick: () => stripe.charges.create({ amount: 1 }) }))`
  color: red;
`;

export const Checkout = () => <Pay />;
