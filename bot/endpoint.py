"""Running the actions in this process: Rasa's action endpoint without the HTTP call.

Rasa only ever asks an endpoint for one thing, so subclassing it is the whole of the seam; `rasa run actions` serves
the same package to stock Rasa.
"""

import json as json_
import logging
from typing import Any

from rasa.core.actions.action import ClientResponseError
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

logger = logging.getLogger(__name__)


class InProcessActions(EndpointConfig):
    """Runs the actions of a package where Rasa runs. The package is named, not imported: Rasa finds it."""

    def __init__(self, package: str) -> None:
        # Without the domain: it is large, constant, and no action of ours reads it.
        super().__init__(url=f"inprocess://{package}", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    def copy(self) -> "InProcessActions":
        """Itself: there is no connection to duplicate."""
        return self

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        json: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Run the action that `json` calls for. A failing one is reported as the server would (500)."""
        try:
            return await self._executor.run(json)
        except Exception as error:
            logger.exception("action %s failed", (json or {}).get("next_action"))
            raise ClientResponseError(500, "action failed", json_.dumps({"error": str(error)})) from error
