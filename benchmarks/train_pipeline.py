"""Trains one pipeline with Rasa's own trainer. Started by `nlu.py`, in a process of its own, in the checkout.

python benchmarks/train_pipeline.py CONFIG DATA MODEL.tar.gz RESULT.json
"""

import sys
from pathlib import Path

from loading import peak_mb, set_up, write_json


def main(config: Path, data: Path, model: Path, result: Path) -> None:
    """Write the model, and {peak_mb}. The parent measures the time, so that it includes importing Rasa."""
    set_up(config)
    from rasa.model_training import train_nlu

    train_nlu(str(config), str(data), str(model.parent), fixed_model_name=model.name)
    write_json(result, {"peak_mb": peak_mb()})


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
