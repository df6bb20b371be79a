import { Search } from './Search';

render(<Search />);
