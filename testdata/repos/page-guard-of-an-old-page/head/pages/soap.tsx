import { getFlags, getShop } from '../lib/shop';

export const getServerSideProps = async (context) => {
  const shop = await getShop(context.params.shop);
  const flags = await getFlags(context.req);

  if (!flags.featureFlags.soapPage) {
    return { notFound: true };
  }
  return { props: { shop } };
};

const SoapPage = ({ shop }) => <h1>{shop.name}</h1>;

export default SoapPage;
