import { useFlag } from "./flags";

export function Shop({ paid }) {
  const on = useFlag("soap");
  const mustPay = on && !paid;
  if (mustPay) return <Pay />;
  return <Goods />;
}
