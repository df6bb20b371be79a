import { Desk } from './Desk';

render(<Desk />);
