import { useFlag } from '@unleash/proxy-client-react';
import { DonateButton } from '../giving/DonateButton';

export const Story = ({ story }: { story: Story }) => {
  const canDonate = useFlag('donate-on-stories');
  return <article>{canDonate && <DonateButton secret={story.secret} />}</article>;
};
