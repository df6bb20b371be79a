import Page from './screens/billing';

export const start = () => render(<Page plan={plan()} />);
start();
