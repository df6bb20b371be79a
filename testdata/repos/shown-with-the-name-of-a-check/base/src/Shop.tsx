import { useFlag } from "./flags";

export function Shop() {
  return <div><CheckIcon /></div>;
}
