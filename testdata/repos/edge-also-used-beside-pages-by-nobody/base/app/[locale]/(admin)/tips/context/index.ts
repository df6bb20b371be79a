import { TipsProvider as Real } from './TipsProvider';
import { BrowserTipsProvider } from './BrowserTipsProvider';

export const TipsProvider = process.env.TEST_BROWSER === 'true' ? BrowserTipsProvider : Real;
