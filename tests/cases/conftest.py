"""A person and a case to work on, on both databases."""

import pytest
from sqlalchemy.orm import Session

from cases.case import service as cases_
from cases.models import Case, Person
from cases.people import service as people


@pytest.fixture
def person(session: Session) -> Person:
    """Somebody who has just come in."""
    return people.by_channel(session, "test", "somebody")


@pytest.fixture
def case(session: Session, person: Person) -> Case:
    """Their case, about which nothing is known yet."""
    return cases_.open_case(session, person)
