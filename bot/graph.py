"""Runs Rasa's graph one node after the other.

Rasa hands the graph to dask, which plans the same dozen nodes anew for each message and each prediction. The order
never changes, so it is worked out once.
"""

from __future__ import annotations

from functools import lru_cache
from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage

Plan = tuple[tuple[str, tuple[str, ...]], ...]
"""Nodes in the order they run, each with the nodes whose outputs it needs."""


class InOrderRunner(GraphRunner):
    """A graph runner without a scheduler."""

    def __init__(self, schema: GraphSchema, nodes: dict[str, GraphNode]) -> None:
        self._schema = schema
        self._nodes = nodes
        self._plan = lru_cache(maxsize=None)(self._make_plan)

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> InOrderRunner:
        """A runner of `graph_schema`, its components loaded."""
        nodes = DaskGraphRunner._instantiate_nodes(graph_schema, model_storage, execution_context, hooks)
        return cls(graph_schema, nodes)

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """The output of each target. `inputs` are outputs of nodes that the schema does not have."""
        wanted = tuple(targets or self._schema.target_names)
        outputs: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._plan(wanted):
            outputs[name] = self._nodes[name](*(outputs.get(need, need) for need in needs))
        return {name: outputs[name][1] for name in wanted}

    def _make_plan(self, targets: tuple[str, ...]) -> Plan:
        nodes = self._schema.minimal_graph_schema(list(targets)).nodes
        order = TopologicalSorter({name: set(node.needs.values()) for name, node in nodes.items()}).static_order()
        return tuple((name, tuple(nodes[name].needs.values())) for name in order if name in nodes)
