function all(a, b = 1, { c, d: e = 2 }, [f, g], { h } = {}, ...rest) {}
function patterns(...[first]) {}
const arrow = ({ flag, children }) => flag && children;
const single = x => x;
for (const item of items) use(item);
for (item in items) use(item);
if (a) { b(); } else if (c) d(); else e();
switch (a) { case 1: b(); break; default: c(); }
