import { getShop } from '../lib/shop';

export const getServerSideProps = async (context) => {
  const shop = await getShop(context.params.shop);
  return { props: { shop } };
};

const SoapPage = ({ shop }) => <h1>{shop.name}</h1>;

export default SoapPage;
