import { Price } from './Price';

render(<Price />);
