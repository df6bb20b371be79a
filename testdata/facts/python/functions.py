"""Docstring of the module."""


def plain(a, b=1, *args, c: int, d: str = "x", **kwargs) -> bool:
    """Docstring of the function."""
    return True


async def later(a, /, b, *, c):
    await load(a)


def typed(*args: int, **kwargs: str) -> None:
    pass


double = lambda x, y=2, *rest, **named: x * y
nothing = lambda: None
self.handler = lambda event: event
callback(key=lambda item: item.name)


@decorated
@app.route("/pay", methods=["POST"])
def pay(request):
    '''Docstring.'''
    def inner():
        return 1
    return inner()


@dataclass(frozen=True)
class Settings(Base, ns.Mixin, Generic[T], make(1), metaclass=Meta):
    """Docstring of the class."""

    disputes_enabled: bool = False
    name: str
    limit = 10

    @property
    def total(self) -> int:
        return self.limit

    @staticmethod
    async def load() -> "Settings":
        return Settings()


class Flag(Enum):
    NEW_TAX = "new-tax"


class Empty:
    pass


def generic[T: int](a: T) -> T:
    return a


type Alias = list[int]
