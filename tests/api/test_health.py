"""Alive is one thing, ready another."""

from typing import Any

from sqlalchemy import text
from starlette.testclient import TestClient

from cases.database import engine

Bent = Any


def test_a_process_that_answers_is_alive(client: TestClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_with_database_and_assistant_it_is_ready(client: TestClient) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "checks": {"database": True, "assistant": True}}


def test_with_a_database_that_is_behind_it_is_not(client: TestClient) -> None:
    with engine().begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": False, "assistant": True}


def test_with_an_assistant_that_fails_it_is_not(client: TestClient, bent: Bent) -> None:
    bent.fails_understanding = True
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": True, "assistant": False}


def test_being_not_ready_is_not_being_dead(client: TestClient, bent: Bent) -> None:
    bent.fails_understanding = True
    assert client.get("/healthz").status_code == 200


def test_looking_leaves_no_trace(client: TestClient, bent: Bent) -> None:
    client.get("/readyz")
    assert bent.acted == []
