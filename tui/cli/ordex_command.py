"""The base of Ordex's click commands: each option once, examples at the end of the help."""

from __future__ import annotations

from collections import Counter
from typing import Any

import click


class OrdexCommand(click.Command):
    """A command that refuses repeated options and shows examples.

    An option may be repeated if it takes several values or is a plain flag: of any other, click would use
    only the last value.

    Args:
        examples: command lines without ``ordex``, shown below the options.
    """

    def __init__(self, *args: Any, examples: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the epilog, then the examples."""
        super().format_epilog(ctx, formatter)
        if self.examples:
            with formatter.section("Examples"):
                for example in self.examples:
                    formatter.write_text(f"ordex {example}")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments.

        Raises:
            click.UsageError: an option that takes one value is repeated.
        """
        if not ctx.resilient_parsing:
            _, _, order = self.make_parser(ctx).parse_args(args=list(args))
            for parameter, times in Counter(order).items():
                if times > 1 and isinstance(parameter, click.Option) and _takes_one_value(parameter):
                    raise click.BadParameter(
                        f"it is given {times} times; give it once", ctx=ctx, param=parameter
                    )
        return super().parse_args(ctx, args)


def _takes_one_value(option: click.Option) -> bool:
    is_plain_flag = option.is_flag and not option.secondary_opts
    return not (option.multiple or option.count or is_plain_flag)
