"""`tuikuan knowledge`: what the assistant knows, checked."""

import typer

from cases.knowledge import knowledge

app = typer.Typer(no_args_is_help=True, help="What the assistant knows.")


@app.command()
def check() -> None:
    """Read and cross-check data/knowledge; print how much of everything there is, or where it is wrong."""
    known = knowledge()
    subkinds = sum(len(grievance.subkinds) for grievance in known.grievances.values())
    counts = {
        "kinds": len(known.kinds),
        "sub-kinds": subkinds,
        "tracks": len(known.tracks),
        "guards": len(known.guards),
        "facts": len(known.facts),
        "requirements": len(known.evidence),
        "channels": len(known.channels),
        "rungs": len(known.rungs),
        "routes": len(known.routes),
        "outcomes": len(known.outcomes),
        "deadlines": len(known.deadlines),
        "documents": len(known.documents),
        "laws": len(known.laws),
        "articles": sum(len(law.articles) for law in known.laws.values()),
        "answers": len(known.answers),
        "amounts": len(known.amounts),
        "pitfalls": len(known.pitfalls),
    }
    for name, count in counts.items():
        print(f"{count:5} {name}")
