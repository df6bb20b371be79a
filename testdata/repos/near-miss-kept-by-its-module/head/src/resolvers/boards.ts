import { getFeatureFlags } from '../flags';

const { FF_BOARDS } = getFeatureFlags();

const resolvers = {
  Mutation: {
    share: (_: unknown, { id }: { id: string }) => `shared ${id} with a link`,
    unshare: (_: unknown, { id }: { id: string }) => `kept ${id}`,
  },
};

export default FF_BOARDS ? resolvers : {};
export { resolvers as all };
