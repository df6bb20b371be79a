"""What is faster or bounded after the change."""
import asyncio
from functools import lru_cache

from app import cache, redis


@lru_cache(maxsize=100)  #~ area performance:moderate
def rates(day):
    return load(day)


def connect(url):
    return redis.Redis.from_url(
        url,
        socket_timeout=10,  #~ area performance:moderate
    )


def orders(owner):
    key = f"orders:{owner}"
    return cache.get(key) or cache.set(key, load(owner))  #~ area performance


def load(owner):
    return store.read(owner)


def pages(rows):
    return rows[:20]
