import { useFlag } from "./flags";

export function Shop({ paid }) {
  const on = useFlag("soap");
  return <Button disabled={on && !paid} onClick={save} />;
}
