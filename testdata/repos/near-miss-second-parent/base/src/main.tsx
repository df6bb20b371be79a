import { createRoot } from 'react-dom/client';
import { Footer } from './layout/Footer';
import { Story } from './story/Story';

createRoot(document.getElementById('story')!).render(<Story story={window.STORY} />);
createRoot(document.getElementById('footer')!).render(<Footer secret={window.SECRET} />);
