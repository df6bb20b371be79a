import { useFeatureFlag } from "configcat-react";

export function Page({ country }: Props) {
  const { value: on, loading } = useFeatureFlag("newPage", false); //~ flag configcat newPage name
  return on && !loading ? country.flag : null;
}
