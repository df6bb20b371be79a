import { useFlag } from '@unleash/proxy-client-react';
import { When } from '@shop/design';

export const Survey = ({ isKnown }: { isKnown: boolean }) => {
  const isOn = useFlag('short-survey') && isKnown;
  return <section><Questions /><When truthy={isOn} {...more}><Short /></When></section>;
};
