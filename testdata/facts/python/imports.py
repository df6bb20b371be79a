from __future__ import annotations, division as div
import os
import os.path, json as j
import a.b.c as abc
from django.conf import settings
from . import sibling
from .. import cousin as c
from ..package.module import one, two as second
from .relative import (
    three,
    four as fourth,
)
from everything import *
if TYPE_CHECKING:
    from types import Only
