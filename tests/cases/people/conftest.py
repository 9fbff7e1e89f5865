"""Somebody about whom something stands in every table."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy.orm import Session

from cases.models import Person
from tests.cases.people import story

Tell = Callable[..., Person]


@pytest.fixture
def tell(session: Session) -> Tell:
    """Makes a person with a whole story; `sha256` is that of the file they hand in."""
    return partial(story.tell, session)
