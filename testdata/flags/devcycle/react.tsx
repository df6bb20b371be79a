import { useVariableValue } from "@devcycle/react-client-sdk";

export function Page({ theme }: Props) {
  const on = useVariableValue("new-page", false); //~ flag devcycle new-page default=false
  return on ? theme.variable : null;
}
