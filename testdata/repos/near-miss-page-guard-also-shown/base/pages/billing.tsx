import { OpenFeature } from '@openfeature/server-sdk';
import Billing from '../views/Billing';

const Page = (props: { plan: Plan }) => {
  return <Billing {...props} />;
};

export const getServerSideProps = async (context: Context) => {
  const client = OpenFeature.getClient();
  if (!(await client.getBooleanValue('billing-page', false))) {
    return { notFound: true };
  }
  return { props: { plan: await plan(context.user) } };
};

export default Page;
