import { menu } from "./menu";

export function enable(button: Button, plugins: Plugins) {
  if (menu.isEnabled("file") && button.isEnabled("x")) {
    return plugins.getVariant("large");
  }
  return isEnabled("something");
}
declare function isEnabled(name: string): boolean;
