"""What an expression needs to be safe text: which parameters, which fields, or that it is none.

An empty set says that whatever the expression gives is visible: our own words, numbers, and what ``visible``
made. A container is as safe as the texts in it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from .fields import put_in
from .index import Class, Function, Index, Module, last_name
from .kinds import Kinds
from .need import SAFE, Field, Need, Needs, Parameter, Raw
from .scopes import Scope, argument_of, own_nodes
from .words import MAKE_SAFE, NUMBERS, PASS_ON, TEXT_METHODS, is_figure, is_safe_type, makes_object


class Flow(Kinds):
    """Answers needs. ``index`` is all the source, ``home`` the package whose texts are followed.

    What comes from elsewhere is safe by itself or it is raw: it has to be made visible at home.
    """

    def __init__(self, index: Index, home: str) -> None:
        super().__init__(index)
        self.home = home
        self._own_words: dict[tuple[Class, str], bool] = {}
        self._summaries: dict[Function, Needs] = {}

    def summary(self, function: Function) -> Needs:
        """What the function's result needs."""
        if function not in self._summaries:
            self._summaries[function] = SAFE
            if not is_safe_type(function.returned):
                scope = self.scope_of(function)
                given = [
                    node.value
                    for node in own_nodes(function.node)
                    if isinstance(node, ast.Return | ast.Yield | ast.YieldFrom) and node.value is not None
                ]
                self._summaries[function] = self.union(given, scope)
        return self._summaries[function]

    def union(self, nodes: Iterable[ast.expr | None], scope: Scope) -> Needs:
        """What all of them need."""
        return SAFE.union(*(self.needs(node, scope) for node in nodes if node is not None))

    def needs(self, node: ast.expr, scope: Scope) -> Needs:
        """What an expression needs."""
        key = (id(node), id(scope))
        if key in self._busy:
            return SAFE
        self._busy.add(key)
        try:
            return self._needs(node, scope)
        finally:
            self._busy.discard(key)

    def _needs(self, node: ast.expr, scope: Scope) -> Needs:  # noqa: C901, PLR0911, PLR0912 - one line a kind
        match node:
            case ast.Constant() | ast.Compare() | ast.Lambda():
                return SAFE
            case ast.UnaryOp():
                return SAFE
            case ast.JoinedStr(values=values):
                return self.union([v for v in values if isinstance(v, ast.FormattedValue)], scope)
            case ast.FormattedValue(value=value, format_spec=spec):
                return SAFE if is_figure(spec) else self.needs(value, scope)
            case ast.BinOp(op=ast.Sub() | ast.Div() | ast.FloorDiv() | ast.Pow()):
                return SAFE
            case ast.BinOp(op=ast.Mult(), left=ast.Constant()):
                return SAFE
            case ast.BinOp(left=left, right=right):
                return self.union([left, right], scope)
            case ast.BoolOp(values=values):
                return self.union(values, scope)
            case ast.IfExp(body=body, orelse=orelse):
                return self.union([body, orelse], scope)
            case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
                return self.union(elements, scope)
            case ast.Dict(keys=keys, values=values):
                return self.union([*keys, *values], scope)
            case ast.Starred(value=value) | ast.Await(value=value) | ast.NamedExpr(value=value):
                return self.needs(value, scope)
            case ast.Subscript(value=value):
                return self.needs(value, scope)
            case ast.ListComp(elt=element) | ast.SetComp(elt=element) | ast.GeneratorExp(elt=element):
                return self.needs(element, scope)
            case ast.DictComp(key=key, value=value):
                return self.union([key, value], scope)
            case ast.Name(id=name):
                return self._name(node, name, scope)
            case ast.Attribute(attr="__name__" | "plain"):
                return SAFE  # a type's own name; the text of an object that was looked at where it was made
            case ast.Attribute():
                return self._attribute(node, scope)
            case ast.Call():
                return self._call(node, scope)
            case _:
                return self._raw(node, scope)

    def _raw(self, node: ast.expr, scope: Scope) -> Needs:
        return frozenset({Raw(scope.module.path, node.lineno, ast.unparse(node))})

    # Names.

    def _name(self, node: ast.expr, name: str, scope: Scope) -> Needs:
        function = scope.function
        while function is not None:
            own = self.scope_of(function)
            parameter = argument_of(function, name)
            if parameter is not None:
                if parameter.annotation is not None and is_safe_type(ast.unparse(parameter.annotation)):
                    return SAFE
                again = self.union(own.set_to.get(name, ()), own)
                return again | {Parameter(function, name)}
            if name in own.set_to:
                return self.union(own.set_to[name], own)
            function = function.outer
        return self._global(node, name, scope.module)

    def _global(self, node: ast.expr, name: str, module: Module) -> Needs:
        for known in (
            module,
            *(m for m in self.index.modules.values() if self.index.imports(module, name, m.name)),
        ):
            if name in known.assigned:
                return self.union(known.assigned[name], Scope(None, known))
        if name in self.index.functions or name in self.index.classes:
            return SAFE
        return self._raw(node, Scope(None, module))

    # Attributes.

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Needs:
        classes = self.classes_of(node.value, scope)
        if not classes:
            return self._raw(node, scope)
        return SAFE.union(*(self._member(cls, node, scope) for cls in classes))

    def _member(self, cls: Class, node: ast.Attribute, scope: Scope) -> Needs:
        method = self.index.method(cls, node.attr)
        if method is not None:
            return self._from(method.module, self.summary(method), node, scope)
        kind = self.field_type(cls, node.attr)
        if (kind is not None and is_safe_type(kind)) or {"Enum", "IntEnum", "StrEnum"} & set(cls.bases):
            return SAFE
        if kind is None and not self.is_set(cls, node.attr):
            return self._raw(node, scope)
        found: Needs = frozenset({Field(cls, node.attr)})
        if not cls.module.name.startswith(self.home):
            return SAFE if self.holds_own_words(cls, node.attr) else self._raw(node, scope)
        return found

    def _from(self, module: Module, needs: Needs, node: ast.expr, scope: Scope) -> Needs:
        """Needs that come from a module, as they are here."""
        if module.name.startswith(self.home):
            return needs
        return self._raw(node, scope) if needs else SAFE

    def holds_own_words(self, cls: Class, name: str) -> bool:
        """Whether nothing but texts of our own is ever put into a field of a class of another package."""
        key = (cls, name)
        if key not in self._own_words:
            self._own_words[key] = True
            self._own_words[key] = not put_in(self, Field(cls, name))
        return self._own_words[key]

    # Calls.

    def _call(self, node: ast.Call, scope: Scope) -> Needs:
        name = last_name(node.func)
        if name in MAKE_SAFE or name in NUMBERS or makes_object(node):
            return SAFE
        functions = self.callees(node, scope)
        if functions:
            return SAFE.union(*(self._result(function, node, scope) for function in functions))
        if isinstance(node.func, ast.Name) and self.index.known(name, scope.module):
            return SAFE
        arguments = [*node.args, *(word.value for word in node.keywords)]
        if name in PASS_ON and isinstance(node.func, ast.Name | ast.Attribute):
            return self.union([a for a in arguments if not isinstance(a, ast.Lambda)], scope)
        if isinstance(node.func, ast.Attribute) and name in TEXT_METHODS:
            return self.union([node.func.value, *arguments], scope)
        return self._raw(node, scope)

    def _result(self, function: Function, node: ast.Call, scope: Scope) -> Needs:
        given: Needs = SAFE
        others: set[Need] = set()
        for need in self.summary(function):
            if isinstance(need, Parameter) and need.function is function:
                given |= self.given(function, need.name, node, scope)
            else:
                others.add(need)
        return given | self._from(function.module, frozenset(others), node, scope)

    def given(self, function: Function, name: str, node: ast.Call, scope: Scope) -> Needs:
        """What a call gives for a parameter needs."""
        names = [argument.arg for argument in function.parameters]
        variable = function.node.args.vararg
        if variable is not None and variable.arg == name:
            return self.union(node.args[function.positional :], scope)
        if function.node.args.kwarg is not None and function.node.args.kwarg.arg == name:
            return self.union([word.value for word in node.keywords if word.arg not in names], scope)
        for word in node.keywords:
            if word.arg == name:
                return self.needs(word.value, scope)
        at = names.index(name) if name in names else -1
        starred = next((i for i, a in enumerate(node.args) if isinstance(a, ast.Starred)), None)
        if 0 <= at < len(node.args) and at < function.positional and (starred is None or at < starred):
            return self.needs(node.args[at], scope)
        spread = [word.value for word in node.keywords if word.arg is None]
        if starred is not None and at >= starred:
            spread.append(node.args[starred])
        if spread:
            return self.union(spread, scope)
        default = function.default(name)
        return SAFE if default is None else self.needs(default, Scope(None, function.module))
