import { useFlag } from "./flags";

export function Shop({ paid }) {
  const mustPay = !paid;
  if (mustPay) return <Pay />;
  return <Goods />;
}
