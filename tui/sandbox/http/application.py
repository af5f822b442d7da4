"""The ASGI application of the sandbox: its routes and middleware."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from tui.sandbox.clock import Clock, system_clock, to_ms
from tui.sandbox.http.authentication import Authentication, OAuthEndpoints, SandboxTokens
from tui.sandbox.http.error_responses import internal_error, no_such_path
from tui.sandbox.http.faults import FaultPlan, Faults
from tui.sandbox.http.job_endpoints import JobEndpoints
from tui.sandbox.http.order_endpoints import OrderEndpoints
from tui.sandbox.http.rate_limits import GENEROUS, RateLimit, RateLimiter
from tui.sandbox.http.resource import Resource, error_answer
from tui.sandbox.policies import Policies
from tui.sandbox.project import Project
from tui.sandbox.store import Store


class _AnyText(Convertor[str]):
    """The rest of a path, line ends too, which Starlette's own ``path`` does not match."""

    regex = "(?s:.*)"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("any_text", _AnyText())


def create_application(
    store: Store,
    *,
    app_id: str,
    app_token: str,
    policies: Policies | None = None,
    clock: Clock = system_clock,
    rate_limit: RateLimit | None = GENEROUS,
    faults: FaultPlan | None = None,
    latency: float = 0.0,
) -> Starlette:
    """Make a sandbox over a store.

    Args:
        store: the data; the caller closes it.
        app_id: the key that ``X-App-Id`` must be.
        app_token: the key that ``X-App-Token`` must be.
        policies: what the documentation leaves open; its defaults if ``None``.
        clock: the current time.
        rate_limit: ``None`` for no limit, and no headers about it.
        faults: what goes wrong on purpose.
        latency: seconds that every answer takes longer.
    """
    policies = policies or Policies()
    project = Project(store, policies, clock)
    failures = _ErrorHandlers(project)
    tokens = SandboxTokens(policies.access_token_seconds)
    return Starlette(
        routes=_routes(project, OAuthEndpoints(tokens, app_id)),
        middleware=_middleware(
            policies,
            clock,
            tokens,
            app_id=app_id,
            app_token=app_token,
            rate_limit=rate_limit,
            faults=faults,
            latency=latency,
        ),
        exception_handlers={
            HTTPException: failures.unrouted,
            Exception: failures.crashed,
        },
    )


def _routes(project: Project, oauth: OAuthEndpoints) -> list[Route]:
    orders, jobs = OrderEndpoints(project), JobEndpoints(project)
    resources = {
        "/v1/orders": Resource(project, GET=orders.list_orders, POST=orders.create_order),
        "/v1/orders/import": Resource(project, POST=orders.import_orders),
        "/v1/orders/export": Resource(project, POST=orders.export_orders),
        # A source_id may hold anything, slashes too; the server has decoded it by now.
        "/v1/orders/{order_id:any_text}": Resource(project, GET=orders.get_order, PUT=orders.update_order),
        "/v1/exports": Resource(project, GET=jobs.list_exports, POST=jobs.create_export),
        "/v1/exports/{export_id:any_text}": Resource(project, GET=jobs.get_export, DELETE=jobs.delete_export),
        "/v1/async-actions": Resource(project, GET=jobs.list_async_actions),
        "/v1/async-actions/{async_action_id:any_text}": Resource(project, GET=jobs.get_async_action),
        "/v1/oauth/token": Resource(project, POST=oauth.issue),
        "/v1/oauth/token/revoke": Resource(project, POST=oauth.revoke),
    }
    return [Route(path, resource) for path, resource in resources.items()]


def _middleware(
    policies: Policies,
    clock: Clock,
    tokens: SandboxTokens,
    *,
    app_id: str,
    app_token: str,
    rate_limit: RateLimit | None,
    faults: FaultPlan | None,
    latency: float,
) -> list[Middleware]:
    """Outermost first: what goes wrong on the way, the way's length, the limit, the keys."""
    chain = []
    if faults is not None:
        chain.append(Middleware(Faults, plan=faults))
    if latency > 0:
        chain.append(Middleware(Latency, seconds=latency))
    if rate_limit is not None:
        chain.append(Middleware(RateLimiter, limit=rate_limit, clock=clock, retry=policies.rate_retry))
    chain.append(
        Middleware(
            Authentication,
            app_id=app_id,
            app_token=app_token,
            tokens=tokens,
            clock=clock,
            token_suffices=policies.download_auth == "token",
        )
    )
    return chain


class Latency:
    """Makes every answer take longer.

    Args:
        app: what answers.
        seconds: how much longer.
    """

    def __init__(self, app: ASGIApp, *, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait, then pass on."""
        await asyncio.sleep(self._seconds)
        await self._app(scope, receive, send)


class _ErrorHandlers:
    """Answers for what no endpoint answered."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def unrouted(self, request: Request, _: Exception) -> Response:
        return error_answer(no_such_path(request.url.path), self._request_id())

    def crashed(self, _: Request, __: Exception) -> Response:
        return error_answer(internal_error(), self._request_id())

    def _request_id(self) -> str:
        return self._project.mint.timed("v-", to_ms(self._project.now()))
