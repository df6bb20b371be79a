plain()
client.variation("new-tax", user, False)
client.variation(key="new-tax", *args, default=None, **options)
waffle.flag_is_active(request, FLAGS.NEW_TAX.key)
settings.FEATURES["NEW_TAX"]
settings.FEATURES.get('NEW_TAX', {}).items()[1:2]
sum(x for x in xs)
await load()
f"one {a.b!r:>{width}} two"
b"bytes"
r"raw\n"
"joined " "string"
"joined " f"{template}"
print("""text""")
values = [1, 2.5, -3, True, False, None, ...]
table = {"a": 1, "b": [2], **others}
several = (1, 2), {3, 4}, ()
spread = [*a, *b]
call(# nothing
    a)
make(1)(2)
return_both = a, b

as_true = bool(value)
