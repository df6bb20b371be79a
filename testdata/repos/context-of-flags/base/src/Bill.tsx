import { useFeatures } from './Features';

export function Bill({ bill }) {
  const { canTip } = useFeatures();
  return <footer>{canTip && <b>{bill.tip}</b>}</footer>;
}
