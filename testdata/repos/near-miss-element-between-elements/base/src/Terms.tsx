import { useFlag } from '@unleash/proxy-client-react';
import { Link } from './Link';

export const Terms = () => {
  return (
    <p>
      You agree to our terms
      ,{" "}
      <Link to="/conditions">Conditions of Sale</Link>{" "}
      and everything else.
    </p>
  );
};
