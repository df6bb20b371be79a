import { LazyTips } from './tips/LazyTips';

export const routes = [{ path: '/tips', component: LazyTips }];
