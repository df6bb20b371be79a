import { payTip } from '../lib/payTip';

export const BrowserTipsProvider = ({ children, show }) => {
  return show(children, payTip);
};
