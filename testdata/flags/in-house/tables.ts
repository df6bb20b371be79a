// Tables that are filled by assignment, and queries that carry the key in an object.
import { FlagKeys } from "./keys";

const flags: Record<string, string> = {};
flags.NEW_TAX = "new-tax";
flags["OLD_TAX"] = "old-tax";
flags.TWICE = "one";
flags.TWICE = "two";

export function tables(other: Record<string, string>) {
  flags.LOCAL = "local";
  isFeatureEnabled(flags.NEW_TAX); //~ flag in-house new-tax via=flags.NEW_TAX
  isFeatureEnabled(flags.OLD_TAX); //~ flag in-house old-tax via=flags.OLD_TAX
  isFeatureEnabled(flags.TWICE); //~ flag in-house flags.TWICE unresolved
  return isFeatureEnabled(flags.LOCAL); //~ flag in-house flags.LOCAL unresolved
}

class Handler {
  async handle(user: User) {
    const on = await this.getFeatureFlag.execute(
      GetFeatureFlagCommand.create({ key: FlagKeys.NEW_TAX, user }), //~^ flag in-house FlagKeys.NEW_TAX unresolved
    );
    const plain = await this.getFeatureFlagUseCase.execute(new Query({ flag: "plain" })); //~ flag in-house plain
    await this.getUser.execute(GetUserCommand.create({ key: "user", user }));
    await this.getFeatureFlag.execute(user.command);
    return on || plain;
  }
}
