import { NEW_TAX } from "./keys";
import { Tax, Germany, Plain, Menu } from "./pages";
import { TAX_FLAGS } from "./taxFlags";

export const routes = [
  { path: "/tax", component: Tax, flag: "new-tax", menu: {} }, //~ flag in-house new-tax
  { path: "/tax/:id", element: <Tax />, featureFlag: NEW_TAX }, //~ flag in-house NEW_TAX unresolved
  { path: "/tax/all", lazy: () => import("./all"), toggle: TAX_FLAGS.all }, //~ flag in-house TAX_FLAGS.all unresolved
  { path: "/plain", component: Plain },
  // Near misses: no key, or no route.
  { path: "/plain", component: Plain, flag: "" },
  { path: "/plain", component: Plain, flag: true },
  { path: "/plain", component: Plain, flag: pick("x") },
  { path: "/plain", component: Plain, flag: "/flags/fr.svg" },
  { path: "./out.txt", flag: "wx" },
  { name: "Germany", flag: "germany", component: Germany },
  { title: "Menu", flag: "menu", render: Menu },
];
declare function pick(name: string): string;
