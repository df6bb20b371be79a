import { Stops } from './Stops';

render(<Stops />);
