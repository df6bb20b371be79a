import { flag } from "flags/next";

export const showBanner = flag<boolean>({ //~ defines vercel-flags show-banner default=false
  key: "show-banner",
  defaultValue: false,
  decide() {
    return false;
  },
});

export async function page(country: Country) {
  const banner = await showBanner(); //~ flag vercel-flags show-banner via=showBanner
  return banner ? country.flag({ key: "fr" }) : null;
}
