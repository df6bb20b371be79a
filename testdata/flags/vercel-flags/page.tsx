import { showBanner } from "../flags";

export default async function Page() {
  const banner = await showBanner(); //~ todo flag vercel-flags showBanner
  return banner ? <Banner /> : null;
}
