import { useFlag, useVariant } from "@unleash/proxy-client-react";
import { useMenu } from "./menu";

export function Page() {
  const enabled = useFlag("new-page"); //~ flag unleash new-page
  const variant = useVariant("color"); //~ flag unleash color
  const menu = useMenu();
  return enabled && menu.isEnabled("file") ? <b>{variant.name}</b> : null;
}
