"""Refusals in the words and the shape in which Stripe gives them."""

from typing import Any


class StripeRefusal(Exception):
    """An answer that is an error: status, type, code, the parameter at fault and a sentence."""

    def __init__(self, message: str, *, status: int = 400, kind: str = "invalid_request_error", **fields: Any):
        super().__init__(message)
        self.status = status
        self.fields = {"message": message, "type": kind, **{k: v for k, v in fields.items() if v is not None}}

    def body(self, request_id: str) -> dict[str, Any]:
        """The JSON object that goes over the wire."""
        error = dict(self.fields, request_log_url=f"https://dashboard.stripe.com/test/logs/{request_id}")
        if "code" in error:
            error["doc_url"] = f"https://docs.stripe.com/error-codes/{error['code'].replace('_', '-')}"
        return {"error": error}


def bad_request(message: str, *, param: str | None = None, code: str | None = None) -> StripeRefusal:
    return StripeRefusal(message, param=param, code=code)


def missing_parameter(name: str) -> StripeRefusal:
    return bad_request(f"Missing required param: {name}.", param=name, code="parameter_missing")


def unknown_parameters(names: list[str]) -> StripeRefusal:
    noun = "parameter" if len(names) == 1 else "parameters"
    return bad_request(f"Received unknown {noun}: {', '.join(names)}", param=names[0], code="parameter_unknown")


def not_played(what: str, *, param: str | None = None) -> StripeRefusal:
    """For what Stripe can do and the stand-in cannot: better a plain refusal than a silent difference."""
    return bad_request(f"The stand-in does not play {what}; Stripe itself does.", param=param)


def no_such(kind: str, identifier: str, *, param: str = "id") -> StripeRefusal:
    return StripeRefusal(f"No such {kind}: '{identifier}'", status=404, param=param, code="resource_missing")


def no_such_address(method: str, path: str) -> StripeRefusal:
    return StripeRefusal(
        f"Unrecognized request URL ({method}: {path}). Please see https://stripe.com/docs or we can help at"
        " https://support.stripe.com/.",
        status=404,
    )


def no_key() -> StripeRefusal:
    return StripeRefusal(
        "You did not provide an API key. You need to provide your API key in the Authorization header, using"
        " Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
        status=401,
    )


def wrong_key(key: str) -> StripeRefusal:
    shown = key[:8] + "*" * max(0, min(len(key), 40) - 12) + key[-4:] if len(key) > 12 else "*" * len(key)
    return StripeRefusal(f"Invalid API Key provided: {shown}", status=401)


def key_in_use(key: str) -> StripeRefusal:
    return StripeRefusal(
        "There is currently another in-progress request using this Idempotent Key (that probably means you"
        f" submitted twice, and the other request is still going through): {key}. Please try again later.",
        status=409,
        code="idempotency_key_in_use",
    )


def key_with_other_parameters(key: str) -> StripeRefusal:
    return StripeRefusal(
        "Keys for idempotent requests can only be used with the same parameters they were first used with."
        f" Try using a key other than '{key}' if you meant to execute a different request.",
        kind="idempotency_error",
    )


def too_many_requests() -> StripeRefusal:
    return StripeRefusal(
        "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.",
        status=429,
        code="rate_limit",
    )


def no_permission(key: str) -> StripeRefusal:
    shown = f"{key[:8]}{'*' * 10}{key[-4:]}"
    return StripeRefusal(
        f"The provided key '{shown}' does not have the required permissions for this endpoint on account"
        " 'acct_standin'. Having more permissions would allow this request to continue.",
        status=403,
    )


def server_error() -> StripeRefusal:
    return StripeRefusal(
        "An unknown error occurred. Please try again; if it goes on, the stand-in itself is at fault.",
        status=500,
        kind="api_error",
    )
