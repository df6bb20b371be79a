import { useFeatureFlag } from './useFeatureFlag';
import { compact } from './lists';

export const Settings = () => {
  const isCollecting = useFeatureFlag('my-collection');
  const tabs = compact([
    { id: 'profile', url: '/settings/profile' },
    isCollecting && { id: 'collection', url: '/settings/collection' },
    { id: 'orders', url: '/settings/orders' },
  ]);
  return <Tabs>{tabs.map((tab) => <Tab key={tab.url} to={tab.url} />)}</Tabs>;
};
