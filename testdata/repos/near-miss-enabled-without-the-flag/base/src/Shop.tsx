import { useFlag } from "./flags";

export function Shop({ paid }) {
  return <Button disabled={!paid} onClick={save} />;
}
