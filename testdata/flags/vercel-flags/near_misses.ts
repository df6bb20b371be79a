import { flag } from "country-flags";

export const french = flag({ key: "fr" });
export const shown = french();
