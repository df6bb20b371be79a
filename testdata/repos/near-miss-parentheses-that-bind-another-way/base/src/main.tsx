import { Next } from './Next';

render(<Next />);
