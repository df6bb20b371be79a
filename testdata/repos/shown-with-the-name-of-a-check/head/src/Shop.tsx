import { useFlag } from "./flags";

export function Shop() {
  const on = useFlag("soap");
  return <div>{on && <CheckIcon />}</div>;
}
