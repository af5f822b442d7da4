"""Of which classes expressions are, and which functions calls reach, as far as names and annotations tell."""

from __future__ import annotations

import ast

from .index import Class, Function, Index, Place, last_name
from .scopes import Scope, argument_of, outermost
from .words import PASS_ON, TEXT_METHODS


class Kinds:
    """Answers from names and annotations. ``index`` is all the source."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._scopes: dict[Function, Scope] = {}
        self._busy: set[object] = set()

    def scope(self, place: Place) -> Scope:
        """The scope of a place."""
        if place.function is None:
            return Scope(None, place.module)
        return self.scope_of(place.function)

    def scope_of(self, function: Function) -> Scope:
        """The scope of a function."""
        if function not in self._scopes:
            self._scopes[function] = Scope(function, function.module)
        return self._scopes[function]

    def callees(self, node: ast.Call, scope: Scope) -> list[Function]:
        """The functions that a call may reach, as far as its name tells."""
        match node.func:
            case ast.Name(id=name):
                found = self.index.functions.get(name, [])
                here = [f for f in found if f.module is scope.module]
                return here or [f for f in found if self.index.imports(scope.module, name, f.module.name)]
            case ast.Attribute(value=value, attr=name):
                classes = self.classes_of(value, scope)
                methods = [m for cls in classes if (m := self.index.method(cls, name)) is not None]
                if methods:
                    return methods
                return [
                    f for f in self.index.functions.get(name, []) if f.module.name.endswith(last_name(value))
                ]
            case _:
                return []

    def is_set(self, cls: Class, name: str) -> bool:
        """Whether the class is seen to have the field."""
        family = self.index.family(cls)
        return any(name in one.defaults for one in family) or any(
            self.is_own_store(place, cls) for place in self.index.stores.get(name, ())
        )

    def field_type(self, cls: Class, name: str) -> str | None:
        """What a field is annotated as."""
        return next((one.fields[name] for one in self.index.family(cls) if name in one.fields), None)

    def classes_of(self, node: ast.expr, scope: Scope) -> list[Class]:
        """The classes that an expression, or what is in it, is of, as far as the source tells."""
        key = ("class", id(node))
        if key in self._busy:
            return []
        self._busy.add(key)
        try:
            return self._classes_of(node, scope)
        finally:
            self._busy.discard(key)

    def _classes_of(self, node: ast.expr, scope: Scope) -> list[Class]:  # noqa: C901, PLR0911, PLR0912
        match node:
            case ast.Name(id=name):
                return self._classes_of_name(name, scope)
            case ast.Attribute(value=value, attr=name):
                return [
                    c for cls in self.classes_of(value, scope) for c in self._classes_of_member(cls, name)
                ]
            case ast.Call(func=func, args=args):
                if last_name(func) in ("query_one", "query", "cast") and args:
                    return self.index.named_in(" ".join(ast.unparse(arg) for arg in args), scope.module)
                if last_name(func) in PASS_ON and args:
                    return [c for arg in args for c in self.classes_of(arg, scope)]
                if isinstance(func, ast.Name) and (made := self.index.known(func.id, scope.module)):
                    return made
                reached = [
                    c for f in self.callees(node, scope) for c in self.index.named_in(f.returned, f.module)
                ]
                if not reached and isinstance(func, ast.Attribute):
                    return self.classes_of(func.value, scope) if func.attr in TEXT_METHODS else []
                return reached
            case ast.Subscript(value=value) | ast.Await(value=value) | ast.Starred(value=value):
                return self.classes_of(value, scope)
            case ast.NamedExpr(value=value):
                return self.classes_of(value, scope)
            case ast.IfExp(body=body, orelse=orelse):
                return self.classes_of(body, scope) or self.classes_of(orelse, scope)
            case ast.BoolOp(values=values):
                return next((found for value in values if (found := self.classes_of(value, scope))), [])
            case ast.ListComp(elt=element) | ast.GeneratorExp(elt=element):
                return self.classes_of(element, scope)
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                return [c for element in elements for c in self.classes_of(element, scope)]
            case _:
                return []

    def _classes_of_name(self, name: str, scope: Scope) -> list[Class]:
        function = scope.function
        while function is not None:
            if name in ("self", "cls") and function.owner is not None:
                return [function.owner]
            parameter = argument_of(function, name)
            if parameter is not None and parameter.annotation is not None:
                return self.index.named_in(ast.unparse(parameter.annotation), function.module)
            own = self.scope_of(function)
            if name in own.set_to:
                return [c for value in own.set_to[name] for c in self.classes_of(value, own)]
            function = function.outer
        values = scope.module.assigned.get(name, ())
        if not values:
            return self.index.known(name, scope.module)
        return [c for value in values for c in self.classes_of(value, Scope(None, scope.module))]

    def _classes_of_member(self, cls: Class, name: str) -> list[Class]:
        kind = self.field_type(cls, name)
        if kind is not None:
            return self.index.named_in(kind, cls.module)
        method = self.index.method(cls, name)
        if method is not None:
            return self.index.named_in(method.returned, method.module)
        places = [p for p in self.index.stores.get(name, ()) if self.is_own_store(p, cls)]
        return [c for p in places for c in self.classes_of(p.node, self.scope(p))]  # type: ignore[arg-type]

    def is_own_store(self, place: Place, cls: Class) -> bool:
        """Whether a class's own code sets a field there."""
        holder, function = place.holder, place.function
        if function is None or not (isinstance(holder, ast.Name) and holder.id == "self"):
            return False
        return outermost(function).owner in self.index.family(cls)
