import { Tax, Plain } from "./pages";
import { NEW_TAX } from "./keys";

export const routes = [
  {
    path: "/tax", //~ gated new-tax=on
    title: "Tax", //~ gated new-tax=on
    component: Tax, //~ gated new-tax=on
    flag: "new-tax", //~ ungated
    menu: { main: true }, //~ gated new-tax=on
    children: [
      { path: "new", element: <Plain /> }, //~ gated new-tax=on
    ],
  },
  {
    flag: "new-tax",
    path: "/other", //~ gated new-tax=on
    component: () => <Tax all />, //~ gated new-tax=on
  },
  {
    path: "/constant",
    component: Tax, //~ gated NEW_TAX=on
    featureFlag: NEW_TAX,
  },
  {
    path: "/plain",
    component: Plain, //~ ungated
  },
  {
    path: "/country",
    flag: "/flags/fr.svg",
    component: Plain, //~ ungated
  },
  {
    path: "/computed",
    flag: pick(),
    component: Plain, //~ ungated
  },
  {
    path: "/nested",
    component: Plain, //~ ungated
    meta: { flag: "new-tax" },
  },
];
declare function pick(): string;
