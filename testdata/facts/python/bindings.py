a = 1
typed: int = 2
declared: list[str]
chained = again = 3
x, y = pair()
(p, q), [r, *s] = nested()
[first, (second, third)] = nested()
*head, tail = items
self.total = 1
cache["key"] = 2
self.typed: int = 3
total += 1
self.count -= 1
cache[key], self.other = 1, 2

if (found := search(a)) is not None:
    use(found)

with open(path) as handle, lock:
    read(handle)
with pair() as (left, right):
    pass
with override(
    flag=True,
) as self.context:
    pass

for item in items:
    use(item)
else:
    done()
for index, (key, value) in enumerate(items):
    pass
async for row in rows:
    pass

try:
    run()
except ValueError as error:
    log(error)
except (KeyError, TypeError):
    raise
else:
    ok()
finally:
    close()

try:
    run()
except* OSError as group:
    pass

global counter
del a
with (open(path) as first, open(path) as self.second):
    pass
with (open(path) as only):
    pass
async with connect() as connection:
    pass
for ((key, value), *others), last in items:
    pass
with pair() as [left, right]:
    pass
