import { Help } from './Help';

render(<Help />);
