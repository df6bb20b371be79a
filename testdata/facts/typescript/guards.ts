function branches(a, b) {
  if (a) {
    one();
  } else if (b) {
    two();
  } else {
    three();
  }
  if (a) return;
  if (a) one(); else /* why */ two();
  if (!a && b || (a ?? b)) throw new Error('x');
  const chosen = a ? b : c;
  const cast = (await load(a)) as Flags;
  const checked = { a } satisfies Flags;
  const forced = <Flags>a;
  const constant = ['a'] as const;
  const sure = a!.b!;
  const twice = !!a;
  if (a === 'on' || a == 1 || a !== 'off' || a != 2 || a > 3) {}
  while (a) { break; }
  do { continue; } while (b);
  for (let i = 0; i < 3; i++) one();
  outer: for (const x of xs) { continue outer; }
  switch (a) {
    case 'treatment':
    case VARIANTS.second: {
      two();
      break;
    }
    case 1:
      return one();
    default:
      three();
  }
  try { one(); } catch { two(); } finally { three(); }
  return a && b;
}
