// Uses of other services by files of one's own.
import { post } from "../slack/client";
import { draw } from "../shapes/client";

export function tell(text: string) {
  return post({ webhook: hook, twilioNumber: number, text }); //~ area integration:high
}

export function paint(text: string) {
  return draw({ text });
}
