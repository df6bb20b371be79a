// Branches, early exits, operators: which lines can only run with the flag on.
import { init } from "@launchdarkly/node-server-sdk";

const client = init("sdk-key");

export async function thenAndElse(user: User) {
  if (await client.variation("new-checkout", user, false)) {
    return chargeV2(user); //~ gated new-checkout=on
  } else {
    return charge(user); //~ gated new-checkout=off
  }
}

export async function elseIf(user: User, admin: boolean) {
  const on = await client.variation("new-checkout", user, false);
  if (admin) {
    audit(user); //~ ungated
  } else if (on) {
    chargeV2(user); //~ gated new-checkout=on
  } else {
    charge(user); //~ gated new-checkout=off
  }
  done(user); //~ ungated
}

export async function earlyReturn(user: User) {
  const enabled = await client.variation("new-checkout", user, false);
  prepare(user); //~ ungated
  if (!enabled) {
    // The comment after the exit must not hide it.
    return charge(user); //~ gated new-checkout=off
    // like this one
  }
  return chargeV2(user); //~ gated new-checkout=on
}

export async function earlyThrow(user: User) {
  if (!(await client.variation("new-checkout", user, false))) throw new Error("off");
  chargeV2(user); //~ gated new-checkout=on
}

export async function exitOnlySometimes(user: User, quiet: boolean) {
  if (!(await client.variation("new-checkout", user, false))) {
    if (quiet) return;
  }
  chargeV2(user); //~ ungated
}

export async function exitOnEveryWay(user: User, quiet: boolean) {
  if (!(await client.variation("new-checkout", user, false))) {
    if (quiet) {
      return;
    } else {
      throw new Error("off");
    }
  }
  chargeV2(user); //~ gated new-checkout=on
}

export async function loop(users: User[]) {
  for (const user of users) {
    if (!(await client.variation("new-checkout", user, false))) continue;
    chargeV2(user); //~ gated new-checkout=on
  }
  done(users); //~ ungated
}

export async function comparisons(user: User) {
  const flag = await client.variation("new-checkout", user, false);
  if (flag === true) {
    a(user); //~ gated new-checkout=on
  }
  if (flag === false) {
    b(user); //~ gated new-checkout=off
  }
  if (flag !== false) {
    c(user); //~ gated new-checkout=on
  }
  if (true === flag) {
    d(user); //~ gated new-checkout=on
  }
  if (flag === undefined) {
    e(user); //~ ungated
  }
  if (!!flag) {
    f(user); //~ gated new-checkout=on
  }
  if (flag ?? false) {
    g(user); //~ gated new-checkout=on
  }
  if ((flag as boolean) && user.paid) {
    h(user); //~ gated new-checkout=on
  }
}

export async function logic(user: User, admin: boolean) {
  const a = await client.variation("flag-a", user, false);
  const b = await client.variation("flag-b", user, false);
  if (a && admin) {
    one(user); //~ gated flag-a=on
  }
  if (a || admin) {
    two(user); //~ ungated
  }
  if (a && b) {
    three(user); //~ gated flag-a=on flag-b=on
  } else {
    four(user); //~ ungated
  }
  if (!(a || b)) {
    five(user); //~ gated flag-a=off flag-b=off
  }
  if (!a || !b) {
    six(user); //~ ungated
    return;
  }
  seven(user); //~ gated flag-a=on flag-b=on
}

export async function shortCircuit(user: User, admin: boolean) {
  const on = await client.variation("new-checkout", user, false);
  on && chargeV2(user); //~ gated new-checkout=on
  !on || chargeV2(user); //~ gated new-checkout=on
  on || charge(user); //~ gated new-checkout=off
  admin || chargeV2(user); //~ ungated
  const total = on
    ? totalV2(user) //~ gated new-checkout=on
    : totalV1(user); //~ gated new-checkout=off
  return total;
}

export async function values(user: User, admin: boolean) {
  const on = await client.variation("new-checkout", user, false);
  const both = on && admin;
  if (both) {
    a(user); //~ gated new-checkout=on
  }
  const off = !on;
  if (off) {
    b(user); //~ gated new-checkout=off
  }
  const either = on || admin;
  if (either) {
    c(user); //~ ungated
  }
  const chosen = on ? admin : false;
  if (chosen) {
    d(user); //~ gated new-checkout=on
  }
  [1, 2].forEach(() => {
    if (on) {
      e(user); //~ gated new-checkout=on
    }
  });
}

export async function overwritten(user: User) {
  let on = await client.variation("new-checkout", user, false);
  on = true;
  if (on) {
    chargeV2(user); //~ ungated
  }
}

export async function overwrittenInside(user: User, force: boolean) {
  let on = await client.variation("new-checkout", user, false);
  if (force) {
    on = true;
  }
  if (on) {
    chargeV2(user); //~ ungated
  }
}

export async function shadowed(user: User) {
  const on = await client.variation("new-checkout", user, false);
  const pick = (on: boolean) => {
    if (on) {
      return chargeV2(user); //~ ungated
    }
  };
  return pick(on);
}

export async function callbacks(user: User) {
  const on = await client.variation("new-checkout", user, false);
  if (on) {
    queue.push(async () => {
      await chargeV2(user); //~ gated new-checkout=on
    });
  }
}

export async function variations(user: User) {
  const variant = await client.variation("checkout-variant", user, "control");
  switch (variant) {
    case "fast":
      fast(user); //~ gated checkout-variant=on
      break;
    case "control":
      slow(user); //~ gated checkout-variant=off
      break;
    case "a":
    case "b":
      either(user); //~ gated checkout-variant=on
    case "falls-in":
      unknown(user); //~ ungated
      break;
    default:
      other(user); //~ ungated
  }
  if (variant === "fast") {
    fast(user); //~ gated checkout-variant=on
  }
  if (variant !== "control") {
    fast(user); //~ gated checkout-variant=on
  }
  if (variant !== "fast") {
    slow(user); //~ ungated
  }
}

export async function whileOn(user: User) {
  while (await client.variation("new-checkout", user, false)) {
    step(user); //~ gated new-checkout=on
  }
  done(user); //~ ungated
}

export async function onlyLogged(user: User) {
  const on = await client.variation("new-checkout", user, false);
  console.log("new checkout", on);
  chargeV2(user); //~ ungated
}
