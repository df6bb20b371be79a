import { useFlag } from '@unleash/proxy-client-react';
import { Link } from './Link';

export const Terms = () => {
  const isShort = useFlag('short-terms');
  return (
    <p>
      You agree to {isShort ? "the shop's" : "our"} terms
      {!isShort && (
        <>
          <Link to={"/imprint"}>Imprint</Link>
          <Link to="/conditions">Conditions of Sale</Link>
        </>
      )}{" "}
      and everything else.
    </p>
  );
};
