import { createRoot } from 'react-dom/client';
import { Drawer } from './Drawer';
import { Home } from './Home';

createRoot(document.getElementById('home')).render(<Home wallet={window.wallet} />);
createRoot(document.getElementById('drawer')).render(<Drawer wallet={window.wallet} />);
