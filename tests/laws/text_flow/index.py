"""The source as a walk needs it: modules, classes, functions, and who calls whom, all by name."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(eq=False)
class Module:
    """One file."""

    name: str
    path: str
    tree: ast.Module
    assigned: dict[str, list[ast.expr]] = field(default_factory=lambda: defaultdict(list))


@dataclass(eq=False)
class Class:
    """A class: its methods, and its fields with what they are annotated as."""

    name: str
    module: Module
    node: ast.ClassDef
    methods: dict[str, Function] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, ast.expr] = field(default_factory=dict)

    @property
    def bases(self) -> list[str]:
        """The names of the bases, without their parameters."""
        return [
            last_name(base.value if isinstance(base, ast.Subscript) else base) for base in self.node.bases
        ]


@dataclass(eq=False)
class Function:
    """A function or a method; ``owner`` is the class, ``outer`` the function around it."""

    name: str
    module: Module
    node: FunctionNode
    owner: Class | None = None
    outer: Function | None = None

    def __repr__(self) -> str:
        return f"{self.module.path}:{self.node.lineno} {self.name}"

    @property
    def parameters(self) -> list[ast.arg]:
        """Those that a caller gives."""
        arguments = self.node.args
        listed = [*arguments.posonlyargs, *arguments.args]
        if self.owner is not None and not self._is_static:
            listed = listed[1:]
        return [*listed, *arguments.kwonlyargs]

    @property
    def positional(self) -> int:
        """How many of them may be given by position."""
        return len(self.parameters) - len(self.node.args.kwonlyargs)

    def default(self, name: str) -> ast.expr | None:
        """What a parameter is when it is not given."""
        arguments = self.node.args
        listed = [*arguments.posonlyargs, *arguments.args]
        ends = dict(zip([a.arg for a in listed[::-1]], arguments.defaults[::-1], strict=False))
        kept = {
            a.arg: d
            for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
            if d is not None
        }
        return (ends | kept).get(name)

    @property
    def returned(self) -> str:
        """What it is annotated to return."""
        return "" if self.node.returns is None else ast.unparse(self.node.returns).strip("'\"")

    @property
    def _is_static(self) -> bool:
        return any(last_name(mark) == "staticmethod" for mark in self.node.decorator_list)


@dataclass(eq=False)
class Place:
    """A node and where it stands. ``holder`` is whose attribute is set to it, where one is."""

    node: ast.AST
    module: Module
    function: Function | None
    holder: ast.expr | None = None


class Index:
    """Everything there is, looked up by name."""

    def __init__(self, root: Path, packages: Iterable[str]) -> None:
        self.modules: dict[str, Module] = {}
        self.functions: dict[str, list[Function]] = defaultdict(list)
        self.methods: dict[str, list[Function]] = defaultdict(list)
        self.classes: dict[str, list[Class]] = defaultdict(list)
        self.calls: dict[str, list[Place]] = defaultdict(list)
        self.stores: dict[str, list[Place]] = defaultdict(list)
        self.places: list[Place] = []
        self._families: dict[Class, list[Class]] = {}
        self._heirs: dict[str, list[Class]] = defaultdict(list)
        self._imports: dict[Module, dict[str, set[str]]] = {}
        for package in packages:
            for path in sorted((root / package).rglob("*.py")):
                name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
                tree = ast.parse(path.read_text(encoding="utf-8"))
                module = self.modules[name] = Module(name, str(path.relative_to(root)), tree)
                self._enter(tree, module, None, None)

    def family(self, cls: Class) -> list[Class]:
        """A class, what it is made of, and what is made of it."""
        if cls not in self._families:
            found: list[Class] = []
            waiting = [cls]
            while waiting:
                one = waiting.pop()
                if one not in found:
                    found.append(one)
                    waiting += [base for name in one.bases for base in self.known(name, one.module)]
            waiting = self.heirs(cls)
            while waiting:
                one = waiting.pop()
                if one not in found:
                    found.append(one)
                    waiting += self.heirs(one)
            self._families[cls] = found
        return self._families[cls]

    def heirs(self, cls: Class) -> list[Class]:
        """The classes that are made of a class."""
        return [sub for sub in self._heirs.get(cls.name, ()) if cls in self.known(cls.name, sub.module)]

    def known(self, name: str, module: Module) -> list[Class]:
        """The classes that a module means by a name."""
        found = self.classes.get(name, [])
        if len(found) < 2:
            return found
        here = [cls for cls in found if cls.module is module]
        return here or [cls for cls in found if self.imports(module, name, cls.module.name)]

    def imports(self, module: Module, name: str, source: str) -> bool:
        """Whether the module has the name from there, or from a package that passes it on."""
        if module not in self._imports:
            self._imports[module] = _imported(module)
        told = self._imports[module].get(name, ())
        return any(source == package or source.startswith(f"{package}.") for package in told)

    def method(self, cls: Class, name: str) -> Function | None:
        """A method of a class or of what it is made of."""
        seen, waiting = set(), [cls]
        while waiting:
            one = waiting.pop(0)
            if name in one.methods:
                return one.methods[name]
            if one.name not in seen:
                seen.add(one.name)
                waiting += [base for base_name in one.bases for base in self.known(base_name, one.module)]
        return None

    def named_in(self, annotation: str, module: Module) -> list[Class]:
        """The classes that an annotation names."""
        words = "".join(c if c.isalnum() or c == "_" else " " for c in annotation).split()
        return [cls for word in words for cls in self.known(word, module)]

    def _enter(self, node: ast.AST, module: Module, owner: Class | None, function: Function | None) -> None:
        for child in ast.iter_child_nodes(node):
            self._note(child, module, owner, function)
            if isinstance(child, ast.ClassDef):
                cls = _class(child, module)
                self.classes[child.name].append(cls)
                for base in cls.bases:
                    self._heirs[base].append(cls)
                self._enter(child, module, cls, function)
            elif isinstance(child, FunctionNode):
                made = Function(child.name, module, child, owner, function)
                if owner is not None:
                    owner.methods[child.name] = made
                    self.methods[child.name].append(made)
                else:
                    self.functions[child.name].append(made)
                self._enter(child, module, None, made)
            else:
                self._enter(child, module, owner, function)

    def _note(self, node: ast.AST, module: Module, owner: Class | None, function: Function | None) -> None:
        place = Place(node, module, function)
        self.places.append(place)
        if isinstance(node, ast.Call):
            self.calls[last_name(node.func)].append(place)
        for target, value in assignments(node):
            if isinstance(target, ast.Attribute):
                self.stores[target.attr].append(Place(value, module, function, target.value))
            elif isinstance(target, ast.Name) and function is None and owner is None:
                module.assigned[target.id].append(value)


def assignments(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Pairs of what is set and what to, of one statement; unpacked where both sides are written out."""
    targets: list[ast.expr] = []
    value: ast.expr | None = None
    if isinstance(node, ast.Assign):
        targets, value = node.targets, node.value
    elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
        targets, value = [node.target], node.value
    if value is None:
        return
    for target in targets:
        yield from _pairs(target, value)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    if not isinstance(target, ast.Tuple | ast.List):
        yield target, value
    elif isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts):
        for one, other in zip(target.elts, value.elts, strict=True):
            yield from _pairs(one, other)
    else:
        for one in target.elts:
            yield from _pairs(one.value if isinstance(one, ast.Starred) else one, value)


def last_name(node: ast.expr) -> str:
    """The last part of a dotted name; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _class(node: ast.ClassDef, module: Module) -> Class:
    made = Class(node.name, module, node)
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            made.fields[statement.target.id] = ast.unparse(statement.annotation).strip("'\"")
            if statement.value is not None:
                made.defaults[statement.target.id] = statement.value
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    made.defaults[target.id] = statement.value
    return made


def _imported(module: Module) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    package = module.name if module.path.endswith("__init__.py") else module.name.rpartition(".")[0]
    parts = package.split(".")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom):
            base = parts[: len(parts) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                found[alias.asname or alias.name] |= {source, f"{source}.{alias.name}"}
    return found
