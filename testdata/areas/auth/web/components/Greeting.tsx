// Showing who is there decides nothing.
import { useSession } from "next-auth/react";

export function Greeting() {
  const { data } = useSession();
  return <p>{data.user.name}</p>;
}
