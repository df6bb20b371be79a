import { notFound, redirect as goTo } from "next/navigation";
import { redirect } from "./answers";
import { error } from "@sveltejs/kit";

export async function page() {
  if (!isFeatureEnabled("tax")) {
    notFound();
  }
  work(); //~ gated tax=on
}
export async function renamed() {
  if (!isFeatureEnabled("tax")) goTo("/home");
  work(); //~ gated tax=on
}
export async function branches(paid: boolean) {
  if (isFeatureEnabled("tax")) {
    work(); //~ gated tax=on
  } else if (paid) {
    await error(404);
  } else {
    goTo("/");
  }
  work(); //~ gated tax=on
}
export function tries() {
  try {
    if (!isFeatureEnabled("tax")) notFound();
    work(); //~ gated tax=on
  } catch {
    work(); //~ ungated
  }
  work(); //~ ungated
}
// Near misses.
export function ours() {
  if (!isFeatureEnabled("tax")) {
    redirect("/home");
  }
  work(); //~ ungated
}
export function shadowed(notFound: () => void) {
  if (!isFeatureEnabled("tax")) {
    notFound();
  }
  work(); //~ ungated
}
export function asValue() {
  if (!isFeatureEnabled("tax")) {
    const page = () => notFound();
    work(page); //~ gated tax=off
  }
  work(); //~ ungated
}
export function notLast(items: string[]) {
  if (!isFeatureEnabled("tax")) {
    items.forEach(() => notFound());
  }
  work(); //~ ungated
}
export function member(page: Page) {
  if (!isFeatureEnabled("tax")) page.notFound();
  work(); //~ ungated
}
export function either(paid: boolean) {
  if (!isFeatureEnabled("tax") && paid) notFound();
  work(); //~ ungated
}
declare function isFeatureEnabled(key: string): boolean;
declare function work(page?: unknown): void;
