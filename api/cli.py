"""The `tuikuan` command. Every failure is one clear line and a non-zero exit."""

import sys

import typer

from api.commands import chat, database, evaluate, knowledge, nlu, serve, staff, wechat
from cases.errors import TuikuanError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="退款助手: serve it, train it, talk to it, measure it.",
)
app.command("serve")(serve.serve)
app.command("train")(nlu.train)
app.command("chat")(chat.chat)
app.command("evaluate")(evaluate.evaluate)
app.add_typer(nlu.app, name="nlu")
app.add_typer(knowledge.app, name="knowledge")
app.add_typer(database.app, name="db")
app.add_typer(staff.app, name="staff")
app.add_typer(wechat.app, name="wechat")


def main() -> None:
    """Run the command line."""
    try:
        app()
    except TuikuanError as error:
        print(f"tuikuan: {error.message}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
