import { useFlag } from "./flags";

export function Shop() {
  return <div><RequireLogin /><Secret /></div>;
}
