const TABS = [
  { id: 'profile', url: '/settings/profile' },
  { id: 'collection', url: '/settings/collection' },
  { id: 'bids', url: '/settings/bids' },
  { id: 'orders', url: '/settings/orders' },
];

export const Settings = () => {
  return <Tabs>{TABS.map((tab) => <Tab key={tab.url} to={tab.url} />)}</Tabs>;
};
