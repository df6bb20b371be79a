import flagsmith from "flagsmith";
import { useFlags } from "flagsmith/react";

export function Page({ account }: Props) {
  const flags = useFlags(["font_size", "new_page"]); //~ flag flagsmith font_size value
  if (flags.new_page.enabled) { //~ flag flagsmith new_page value
    return flagsmith.getValue("copy"); //~ flag flagsmith copy
  }
  const plan = account.hasFeature("sso") || form.getValue("name");
  return flagsmith.hasFeature("beta") ? plan : null; //~ flag flagsmith beta
}
declare const form: Form;
