// Values on their way from the flag to the condition: assigned later, taken out of lists, beside constants.
import { init } from "@launchdarkly/node-server-sdk";

const ld = init("k");

export async function assignedOnce(user: User) {
  let on;
  on = await ld.variation("tax", user, false);
  const copy = on;
  if (copy) {
    one(); //~ gated tax=on
  } else {
    two(); //~ gated tax=off
  }
}

export async function assignedInTry(user: User) {
  let on = false;
  try {
    on = await ld.variation("tax", user, false);
  } catch {
    log("unreachable");
  }
  if (on) {
    one(); //~ gated tax=on
  } else {
    two(); //~ ungated
  }
  if (!on) return;
  three(); //~ gated tax=on
}

export function assignedUnderCondition(user: User, admin: boolean) {
  let on: boolean | undefined;
  if (admin) on = ld.variation("tax", user, false);
  if (on) {
    one(); //~ gated tax=on
  } else {
    two(); //~ ungated
  }
}

export function fromOneOrTheOther(user: User, admin: boolean) {
  let on;
  if (admin) {
    on = ld.variation("tax", user, false);
  } else {
    on = ld.variation("tax", guest, false);
  }
  if (on) {
    one(); //~ gated tax=on
  }
  let mixed = null;
  mixed = admin ? ld.variation("tax", user, false) : false;
  if (admin) mixed = ld.variation("other", user, false);
  if (mixed) {
    two(); //~ ungated
  }
}

export function overwritten(user: User) {
  let on = ld.variation("tax", user, false);
  on = another();
  if (on) {
    one(); //~ ungated
  }
}

export function overwrittenByTheFlag(user: User) {
  let on = another();
  on = ld.variation("tax", user, false);
  if (on) {
    one(); //~ gated tax=on
  } else {
    two(); //~ gated tax=off
  }
}

export function overwrittenSometimes(user: User, admin: boolean) {
  let on = ld.variation("tax", user, false);
  if (admin) on = true;
  if (on) {
    one(); //~ ungated
  } else {
    two(); //~ gated tax=off
  }
}

export function overwrittenInALoop(user: User) {
  let on = false;
  for (const item of items()) {
    on = ld.variation("tax", user, false);
    if (on) {
      one(); //~ gated tax=on
    } else {
      two(); //~ gated tax=off
    }
    on = item.on;
  }
  if (on) {
    three(); //~ ungated
  }
}

export function otherOperators(user: User) {
  let on = ld.variation("tax", user, false);
  on ||= another();
  if (on) {
    one(); //~ ungated
  }
  let sum = ld.variation("tax", user, false);
  sum += 1;
  if (sum) {
    one(); //~ ungated
  }
  let either = ld.variation("tax", user, false);
  either = either || another();
  if (either) {
    one(); //~ ungated
  } else {
    two(); //~ gated tax=off
  }
  let both = ld.variation("tax", user, false);
  both = both && another();
  if (both) {
    one(); //~ gated tax=on
  } else {
    two(); //~ ungated
  }
}

export function assignedElsewhere(user: User) {
  let on = false;
  on = ld.variation("tax", user, false);
  const reset = () => {
    on = another();
  };
  reset();
  if (on) {
    one(); //~ ungated
  }
}

export function usedElsewhere(user: User) {
  let on = another();
  run(() => {
    if (on) {
      one(); //~ ungated
    }
  });
  let later = false;
  later = ld.variation("tax", user, false);
  run(() => {
    if (later) {
      two(); //~ gated tax=on
    } else {
      three(); //~ ungated
    }
  });
  on = ld.variation("tax", user, false);
}

export function parameters(user: User, on: boolean) {
  if (user.admin) on = ld.variation("tax", user, false);
  if (on) {
    one(); //~ ungated
  }
}

export function oneOfMany(user: User) {
  let on = false;
  for (on of answers()) {
    if (on) {
      one(); //~ ungated
    }
  }
}

export async function together(user: User) {
  const [account, on, other] = await Promise.all([load(user), ld.variation("tax", user, false), ld.variation("b", user, false)]);
  if (on) {
    one(account); //~ gated tax=on
  } else {
    two(); //~ gated tax=off
  }
  const [, late] = await Promise.all([
    load(user, 1 + 2),
    // The first is not needed.
    ld.variation("tax", user, false) as Promise<boolean>,
  ]);
  if (late && other) {
    three(); //~ gated tax=on b=on
  }
  const [, settled] = await Promise.allSettled([load(user), ld.variation("tax", user, false)]);
  if (settled) {
    one(); //~ ungated
  }
  const [first, second] = await Promise.all([...loads(), ld.variation("tax", user, false)]);
  if (second) {
    one(first); //~ ungated
  }
  const [account2, ...rest] = await Promise.all([load(user), ld.variation("tax", user, false)]);
  if (rest) {
    one(account2); //~ ungated
  }
  const [raced] = await Promise.race([load(user), ld.variation("tax", user, false)]);
  if (raced) {
    one(); //~ ungated
  }
}

export function lists(user: User) {
  const [on, error] = [ld.variation("tax", user, false), null];
  if (on) {
    one(); //~ gated tax=on
  }
  if (error) {
    two(); //~ ungated
  }
  const [sum, flag] = [1 + count(user), ld.variation("tax", user, false)];
  if (sum) {
    one(); //~ ungated
  }
  if (flag) {
    two(); //~ gated tax=on
  }
  const [defaulted = true] = [ld.variation("tax", user, false)];
  if (defaulted) {
    one(); //~ ungated
  }
  const [[nested], x] = [[ld.variation("tax", user, false)], 1];
  if (nested || x) {
    one(); //~ ungated
  }
  let swapped, rest;
  [swapped, rest] = [ld.variation("tax", user, false), another()];
  if (swapped) {
    one(rest); //~ gated tax=on
  }
}

export function constants(user: User) {
  const flag = ld.variation("tax", user, false);
  if (false || flag) {
    one(); //~ gated tax=on
  } else {
    two(); //~ gated tax=off
  }
  if (flag || false) {
    one(); //~ gated tax=on
  }
  if (true && flag) {
    one(); //~ gated tax=on
  } else {
    two(); //~ gated tax=off
  }
  if (true || flag) {
    one(); //~ ungated
  } else {
    two(); //~ gated tax=off
  }
  if ((flag && false) || another()) {
    one(); //~ ungated
  }
}
