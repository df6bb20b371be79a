import { Bill } from './Bill';

render(<Bill />);
