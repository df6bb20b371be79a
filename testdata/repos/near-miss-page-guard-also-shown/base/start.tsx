import Billing from './views/Billing';

render(<Billing plan={plan()} />);
