import { Menu } from './Menu';

render(<Menu />);
