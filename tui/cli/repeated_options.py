"""Commands that refuse an option given twice, where only one of its values could be used."""

from __future__ import annotations

from collections import Counter

import click


class OnceOnly(click.Command):
    """A command in whose words each option stands once, unless it takes several values or is a plain flag."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words.

        Raises:
            click.UsageError: an option stands there again, and would take the place of what it said before.
        """
        if not ctx.resilient_parsing:
            _, _, order = self.make_parser(ctx).parse_args(args=list(args))
            for parameter, times in Counter(order).items():
                if times > 1 and isinstance(parameter, click.Option) and _holds_one(parameter):
                    raise click.BadParameter(
                        f"it is given {times} times; give it once", ctx=ctx, param=parameter
                    )
        return super().parse_args(ctx, args)


def _holds_one(option: click.Option) -> bool:
    is_plain_flag = option.is_flag and not option.secondary_opts
    return not (option.multiple or option.count or is_plain_flag)
