import { TipsProvider } from './tips/context';

export default function Page() {
  return <TipsProvider />;
}
